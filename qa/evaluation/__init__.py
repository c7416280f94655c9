"""Ask a set of questions, and measure the answers; no language model judges them.

question_set = QuestionSet.load("questions.jsonl")
run = evaluate(Assistant.open("my-index"), question_set)
run.measures.right, [judgement.why for judgement in run.judgements]
"""

from qa.evaluation.measures import Judgement, Measures, aggregate, judge
from qa.evaluation.questions import Place, Question, QuestionSet
from qa.evaluation.runner import Run, evaluate

__all__ = [
    "Judgement",
    "Measures",
    "Place",
    "Question",
    "QuestionSet",
    "Run",
    "aggregate",
    "evaluate",
    "judge",
]
