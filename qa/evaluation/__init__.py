"""Ask a set of questions, and measure the answers; no language model judges them.

question_set = QuestionSet.load("questions.xlsx")
run = evaluate(Assistant.open("my-index"), question_set, progress=print)
run.measures["right"].interval, [outcome.why for outcome in run.outcomes()]
"""

from qa.evaluation.faults import BrokenSetError, Fault
from qa.evaluation.judgement import Judgement, judge
from qa.evaluation.measures import MEASURES, Measured, Measures
from qa.evaluation.outcomes import Outcome
from qa.evaluation.questions import Place, Question
from qa.evaluation.runner import Run, StoppedError, evaluate
from qa.evaluation.sets import QuestionSet
from qa.evaluation.texts import Texts

__all__ = [
    "MEASURES",
    "BrokenSetError",
    "Fault",
    "Judgement",
    "Measured",
    "Measures",
    "Outcome",
    "Place",
    "Question",
    "QuestionSet",
    "Run",
    "StoppedError",
    "Texts",
    "evaluate",
    "judge",
]
