"""From words to a Word file by decree 30/2020/NĐ-CP: templates, filling them, checking them."""
