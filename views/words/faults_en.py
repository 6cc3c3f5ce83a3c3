"""Lines of the errors that questions, decisions and files of answers raise, in English, by code."""

# One entry a line, however long: the two languages are read side by side.

WORDS: dict[str, str] = {
    "error.not_found": "no {kind} is named {name!r}",
    "error.not_found_near": "no {kind} is named {name!r}; did you mean {near}?",
    "error.several": "{name!r} names {count} things ({kind}): {listed}; give one of the keys",
    "error.parameter_unknown": "question {question} has no parameter {name!r}; it has {known}",
    "error.parameter_missing": "question {question} needs the parameter {name!r}",
    "error.parameter_not_listed": "{name} is {value!r}; it must be one of {known}",
    "error.parameter_unread": "{name} is {value!r}; it must be a {type} (a date reads 2026-12-31)",
    "error.query_length": "the query has {count} characters; it must have 1 to 20,000",
    "error.query_several": "there is more than one query; give one",
    "error.query_writes": "the query writes ({word}); questions only read the graph",
    "error.query_files": "the query reads files; questions only read the graph",
    "error.query_calls": "the query calls {name}, which is not allowed",
    "error.query_begins": "a query begins with MATCH, OPTIONAL MATCH, UNWIND, WITH, RETURN or CALL",
    "error.query_timeout": "the query was stopped after {seconds} seconds; narrow it or give more with --timeout",
    "error.query_memory": "the query was stopped: it needs more than {most} MB of memory; narrow it",
    "error.cell": "row {row}, {column}: {count} characters are more than a cell holds ({most}); use csv or json",
    "error.unlike": "{task} is a task and {policy} a policy; name two tasks or two policies",
    "error.unlike_unit": "{unit} is a unit and {other} is none; name two units, two tasks or two policies",
    "error.unit_group": "{group} is a group of units; name single units",
    "error.same_unit": "{one} and {other} both mean {unit}; name two units",
    "error.same_unit_of": "{one} and {other} both mean {unit}, which a person said is one with others; give two keys of {listed}",
    "error.upward": "{child} ({child_level}) is above {parent} ({parent_level}); the lower one comes first",
}
