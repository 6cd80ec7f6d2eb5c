"""What can be wrong with a survey whose rows are all well formed, one file a subject.

``surveys.check`` runs them all. Rule of the package: each takes a ``Form`` and adds to its findings; none raises.
"""
