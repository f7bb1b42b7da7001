from django.urls import path

from steering import views

app_name = "steering"
urlpatterns = [
    path("agreements/<int:pk>/", views.agreement_steering, name="agreement_steering"),
    path("agreements/<int:pk>/groups/new/", views.group_create, name="group_create"),
    path("groups/<int:pk>/", views.group_detail, name="group_detail"),
    path("groups/<int:pk>/edit/", views.group_edit, name="group_edit"),
    path("groups/<int:pk>/history/", views.group_history, name="group_history"),
    path("groups/<int:pk>/meetings/new/", views.meeting_create, name="meeting_create"),
    path("meetings/<int:pk>/", views.meeting_detail, name="meeting_detail"),
    path("meetings/<int:pk>/edit/", views.meeting_edit, name="meeting_edit"),
    path("meetings/<int:pk>/remove/", views.meeting_remove, name="meeting_remove"),
    path("meetings/<int:pk>/issue/", views.meeting_issue, name="meeting_issue"),
    path("meetings/<int:pk>/pdf/", views.meeting_pdf, name="meeting_pdf"),
    path("tasks/<int:pk>/settle/", views.task_settle, name="task_settle"),
    path("tasks/<int:pk>/resume/", views.task_resume, name="task_resume"),
    path("tasks/<int:pk>/hand-over/", views.task_hand_over, name="task_hand_over"),
]
