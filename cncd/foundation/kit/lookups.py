"""What a form or an address may name, however wild: an id no database can hold is in no list."""

from django.db.models import IntegerField
from django.db.models.lookups import In


@IntegerField.register_lookup
class InWithinRange(In):
    """`pk__in`, as Django's own `pk=`, finds nothing for numbers too large to be stored."""

    def process_rhs(self, compiler, connection):
        if self.rhs_is_direct_value():
            kind = self.lhs.output_field.get_internal_type()
            low, high = connection.ops.integer_field_range(kind)
            self.rhs = [
                each for each in self.rhs if not isinstance(each, int) or low <= each <= high
            ]
        return super().process_rhs(compiler, connection)
