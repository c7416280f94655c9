"""Who said what: the statements of a text, each with its speaker, cue and exact content.

Read from the top: ``extraction`` finds them; ``quotations`` and ``frames`` choose what is parsed;
``labels``, ``direct`` and ``indirect`` read statements; ``places`` and ``subjects`` look things up in a
parse; ``speakers``, ``roll``, ``names``, ``descriptions`` and ``bodies`` say who is who, and ``meant``
whom pronouns mean; ``mentions`` lists the names of a text by kind. The words that the rules go by are
in the tables ``cues`` (of speech) and ``lexicon`` (of people).
"""

from indexes.speech.extraction import find_statements
from indexes.speech.meant import people_meant
from indexes.speech.mentions import Kind, find_mentions

__all__ = ["Kind", "find_mentions", "find_statements", "people_meant"]
