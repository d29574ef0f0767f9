from django.urls import path

from cncd.faces.phone.views import book, home, install, log, obligations, practice, registers

app_name = "phone"

urlpatterns = [
    path("m/", home.home, name="home"),
    path("m/figure/<str:code>/", home.figure, name="figure"),
    path("m/outbox/", home.outbox, name="outbox"),
    path("m/report/", home.report, name="report"),
    path("m/cards/", home.cards, name="cards"),
    path("m/help/", home.help_page, name="help"),
    path("m/offline/", install.offline, name="offline"),
    path("m/app.webmanifest", install.manifest, name="manifest"),
    path("worker.js", install.worker, name="worker"),
    path("m/practice/", practice.practice, name="practice"),
    path("m/practice/end/", practice.end_practice, name="end_practice"),
    path("m/log/", log.what, name="log"),
    path("m/log/month/", log.month, name="log_month"),
    path("m/log/saved/<uuid:pk>/", log.saved, name="saved"),
    path("m/log/<str:key>/", log.how_many, name="log_entry"),
    path("m/products/", registers.products, name="products"),
    path("m/products/write/<slug:what>/", registers.register, name="register"),
    path("m/asked/", obligations.obligations, name="obligations"),
    path("m/asked/<int:pk>/", obligations.obligation, name="obligation"),
    path("m/book/", book.book, name="book"),
    path("m/book/team/", book.roster, name="roster"),
    path("m/book/text/", book.text, name="text"),
    path("m/book/<uuid:pk>/", book.entry, name="entry"),
    path("m/book/<uuid:pk>/edit/", book.edit, name="edit"),
    path("m/book/<uuid:pk>/withdraw/", book.withdraw, name="withdraw"),
    path("m/book/<uuid:pk>/restore/", book.restore, name="restore"),
]
