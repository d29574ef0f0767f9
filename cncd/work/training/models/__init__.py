"""What is taught, to whom, who came, and what it left behind (II.2.5, II.2.6, IV.1)."""

from .coming import Attendance, Completion, Feedback, Invitation
from .courses import Audience, Course, Session
from .plans import PlanLine, TrainingPlan
from .quizzes import Question, Quiz, QuizResult
from .topics import Topic

__all__ = [
    "Attendance",
    "Audience",
    "Completion",
    "Course",
    "Feedback",
    "Invitation",
    "PlanLine",
    "Question",
    "Quiz",
    "QuizResult",
    "Session",
    "Topic",
    "TrainingPlan",
]
