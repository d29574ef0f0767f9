"""The forms of the desk."""

from cncd.work.registers.forms.listings import ListForm, PlanForm, StepForm
from cncd.work.registers.forms.owners import (
    CommitmentForm,
    ConsentForm,
    OwnerEditForm,
    OwnerForm,
    PaymentForm,
)
from cncd.work.registers.forms.products import ProductEditForm, ProductForm, RecogniseForm
from cncd.work.registers.forms.shops import ShopEditForm, ShopForm
from cncd.work.registers.forms.steps import DayForm, ReasonForm

__all__ = [
    "CommitmentForm",
    "ConsentForm",
    "DayForm",
    "ListForm",
    "OwnerEditForm",
    "OwnerForm",
    "PaymentForm",
    "PlanForm",
    "ProductEditForm",
    "ProductForm",
    "ReasonForm",
    "RecogniseForm",
    "ShopEditForm",
    "ShopForm",
    "StepForm",
]
