"""Django forms in Bootstrap's words: label, help, the errors of a field, and the field."""

from django.forms import BoundField, widgets
from django.forms.renderers import TemplatesSetting

CLASSES = [
    (widgets.CheckboxInput, "form-check-input"),
    (widgets.RadioSelect, "choices"),
    (widgets.CheckboxSelectMultiple, "choices"),
    (widgets.Select, "form-select"),
    (widgets.Input, "form-control"),
    (widgets.Textarea, "form-control"),
]


class Field(BoundField):
    """A field that knows its Bootstrap class."""

    @property
    def is_tick(self) -> bool:
        """A single box to tick: its label stands after it."""
        return isinstance(self.field.widget, widgets.CheckboxInput)

    @property
    def summary_id(self) -> str:
        """Where a link in the summary of errors leads: the first thing one can type in."""
        grouped = isinstance(self.field.widget, widgets.RadioSelect | widgets.MultiWidget)
        grouped = grouped or isinstance(self.field.widget, widgets.CheckboxSelectMultiple)
        return f"{self.auto_id}_0" if grouped else self.auto_id

    def build_widget_attrs(self, attrs, widget=None):
        widget = widget or self.field.widget
        attrs = super().build_widget_attrs(attrs, widget)
        if widget.is_hidden:
            return attrs
        css = next((css for kind, css in CLASSES if isinstance(widget, kind)), "")
        own = widget.attrs.get("class", "")
        invalid = "is-invalid" if self.errors else ""
        attrs["class"] = " ".join(filter(None, [css, own, invalid]))
        return attrs


class Renderer(TemplatesSetting):
    """Named in settings.FORM_RENDERER; every `{{ form }}` passes through it."""

    bound_field_class = Field
