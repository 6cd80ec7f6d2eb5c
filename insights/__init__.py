"""Pure statistics over answers: tallies, needs, scales, service quality, evaluation, disclosure control."""
