"""What was typed at the terminal and not understood, said in the language of the office.

Rule of the file: the library that reads the command line says it in English alone; here each of its kinds of error is
one sentence of ours. What is not known here is passed on as it came.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import Enum
from typing import Any

from typer._click import exceptions  # the public names are those of its bases alone (BadParameter, TyperException)

Say = Callable[[str], str]

LARGEST = 2**63 - 1
"""The largest number of a row in a database."""
_COMMAND = re.compile(r"No such command '(.*)'\.", re.DOTALL)
_EXTRA = re.compile(r"Got unexpected extra arguments?(?:\(s\))? \((.*)\)", re.DOTALL)


def told(error: exceptions.UsageError, say: Say) -> str:
    """The sentence, and where help is."""
    _, context = say, error.ctx
    words = _sentence(error, say)
    if context is None:
        return words
    return words + " " + _("Help: {command} --help").format(command=context.command_path)


def _sentence(error: exceptions.UsageError, say: Say) -> str:
    _ = say
    match error:
        case exceptions.MissingParameter():
            return _("{name} is missing.").format(name=_name(error))
        case exceptions.NoSuchOption():
            words = _("There is no option {name}.").format(name=error.option_name)
            near = ", ".join(sorted(error.possibilities or ()))
            if not near:
                return words
            return words + " " + _("Perhaps you mean: {names}.").format(names=near)
        case exceptions.BadOptionUsage():
            if "does not take" in error.message:
                return _("The option {name} takes no value.").format(name=error.option_name)
            return _("The option {name} needs a value.").format(name=error.option_name)
        case exceptions.BadParameter():
            return _wrong_value(error, say)
    command, extra = _COMMAND.fullmatch(error.message), _EXTRA.fullmatch(error.message)
    if command is not None:
        return _("There is no command “{name}”.").format(name=command[1])
    if extra is not None:
        return _("This is too much: {words}").format(words=extra[1])
    if error.message == "Missing command.":
        return _("Please name a command.")
    return error.format_message()


def _wrong_value(error: exceptions.BadParameter, say: Say) -> str:
    """A value that is none: what is expected there."""
    _, parameter, name = say, error.param, _name(error)
    shape: Any = getattr(parameter, "type_descriptor", None)
    if shape is None:
        return _("{name} cannot be read as it is.").format(name=name)
    if shape.is_choice:
        words = ", ".join(str(one.value if isinstance(one, Enum) else one) for one in shape.choices or ())
        return _("{name} is one of: {choices}").format(name=name, choices=words)
    if shape.annotation is int:
        least, most = shape.parameter_info.min, shape.parameter_info.max
        if least is not None and most is not None and most < LARGEST:
            return _("{name} is a whole number from {least} to {most}.").format(name=name, least=least, most=most)
        if least is not None:
            return _("{name} is a whole number from {least} on.").format(name=name, least=least)
        return _("{name} is a whole number.").format(name=name)
    if "does not exist" in error.message:
        return _("{name}: there is no such file.").format(name=name)
    return _("{name} cannot be read as it is.").format(name=name)


def _name(error: exceptions.BadParameter) -> str:
    """As it stands in the help: NUMBER, --since."""
    if error.param is None:
        return ""
    name = str(error.param.get_error_hint()).replace("'", "").replace('"', "")
    return name.upper() if error.param.param_type_name == "argument" else name
