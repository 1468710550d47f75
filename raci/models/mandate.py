"""What a role is for: the written parts of its charter, what it may do, and where another role begins."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from raci.models.base import KeyField, RolePartQuerySet, TenantQuerySet
from raci.models.matrix import Matrix
from raci.models.organisation import Organisation
from raci.models.register import Area, Duty, Role


class Verb(models.TextChoices):
    DECIDE = "decide", _("Decide on")
    APPROVE = "approve", _("Approve")
    SIGN = "sign", _("Sign")
    HIRE = "hire", _("Hire")
    SPEND = "spend", _("Spend on")


class Charter(models.Model):
    """The hand-written parts of a role's charter. Lists have one item in a line."""

    role = models.OneToOneField(Role, models.CASCADE, related_name="charter", verbose_name=_("role"))
    excludes = models.TextField(_("does not own"), blank=True)
    domains = models.TextField(_("controls alone"), blank=True)
    policies = models.TextField(_("policies"), blank=True)
    dependencies = models.TextField(_("depends on"), blank=True)
    measures = models.TextField(_("measures"), blank=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    review_on = models.DateField(_("review on"), null=True, blank=True)

    objects = RolePartQuerySet.as_manager()

    class Meta:
        ordering = ["role"]
        verbose_name = _("charter")
        verbose_name_plural = _("charters")

    def __str__(self) -> str:
        return str(self.role)


class Accountability(models.Model):
    """One of the main duties of a role, in words, for a duty or an area."""

    role = models.ForeignKey(Role, models.CASCADE, related_name="accountabilities", verbose_name=_("role"))
    key = KeyField()
    text = models.CharField(_("main duty"), max_length=300)
    area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="accountabilities", verbose_name=_("area")
    )
    duty = models.ForeignKey(
        Duty, models.PROTECT, null=True, blank=True, related_name="accountabilities", verbose_name=_("duty")
    )
    share = models.PositiveSmallIntegerField(_("share of time in per cent"), default=0)
    position = models.PositiveIntegerField(_("position"), default=0)

    objects = RolePartQuerySet.as_manager()

    class Meta:
        ordering = ["role", "position", "pk"]
        verbose_name = _("main duty")
        verbose_name_plural = _("main duties")
        constraints = [
            models.UniqueConstraint(fields=["role", "key"], name="accountability_key_once"),
            models.CheckConstraint(condition=~models.Q(text=""), name="accountability_has_text"),
            models.CheckConstraint(condition=models.Q(share__lte=100), name="accountability_share_up_to_100"),
        ]

    def __str__(self) -> str:
        return self.text


class Authority(models.Model):
    """That a role may decide, approve, sign, hire or spend on something, up to a limit."""

    role = models.ForeignKey(Role, models.CASCADE, related_name="authorities", verbose_name=_("role"))
    key = KeyField()
    thing = models.CharField(_("what"), max_length=200)
    verb = models.CharField(_("may"), max_length=20, choices=Verb.choices, default=Verb.DECIDE)
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    ceiling = models.CharField(_("limit"), max_length=40, blank=True)
    sheet = models.ForeignKey(
        Matrix, models.PROTECT, null=True, blank=True, related_name="authorities", verbose_name=_("only in")
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    position = models.PositiveIntegerField(_("position"), default=0)

    objects = RolePartQuerySet.as_manager()

    class Meta:
        ordering = ["role", "position", "pk"]
        verbose_name = _("authority")
        verbose_name_plural = _("authorities")
        constraints = [
            models.UniqueConstraint(fields=["role", "key"], name="authority_key_once"),
            models.CheckConstraint(condition=~models.Q(thing=""), name="authority_has_thing"),
            models.CheckConstraint(condition=models.Q(verb__in=Verb.values), name="authority_verb_known"),
        ]

    def __str__(self) -> str:
        return f"{self.role}: {self.get_verb_display()} {self.thing}"


class DutyPartQuerySet(TenantQuerySet):
    path = "duty__organisation"


class Need(models.Model):
    """An authority that whoever owns a duty must have."""

    duty = models.ForeignKey(Duty, models.CASCADE, related_name="needs", verbose_name=_("duty"))
    key = KeyField()
    thing = models.CharField(_("what"), max_length=200)
    verb = models.CharField(_("must be able to"), max_length=20, choices=Verb.choices, default=Verb.DECIDE)
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    amount = models.CharField(_("up to"), max_length=40, blank=True)

    objects = DutyPartQuerySet.as_manager()

    class Meta:
        ordering = ["duty", "pk"]
        verbose_name = _("authority needed")
        verbose_name_plural = _("authorities needed")
        constraints = [
            models.UniqueConstraint(fields=["duty", "key"], name="need_key_once"),
            models.CheckConstraint(condition=~models.Q(thing=""), name="need_has_thing"),
            models.CheckConstraint(condition=models.Q(verb__in=Verb.values), name="need_verb_known"),
        ]

    def __str__(self) -> str:
        return f"{self.duty}: {self.get_verb_display()} {self.thing}"


class Agreement(models.Model):
    """That two roles without a reporting path may owe each other work."""

    class Type(models.TextChoices):
        OLA = "ola", _("Operational level agreement")
        CONTRACT = "contract", _("Contract")
        SECONDMENT = "secondment", _("Secondment")

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="agreements")
    key = KeyField()
    first_role = models.ForeignKey(Role, models.PROTECT, related_name="+", verbose_name=_("between"))
    second_role = models.ForeignKey(Role, models.PROTECT, related_name="+", verbose_name=_("and"))
    type = models.CharField(_("type"), max_length=20, choices=Type.choices, default=Type.OLA)
    sheet = models.ForeignKey(
        Matrix, models.PROTECT, null=True, blank=True, related_name="agreements", verbose_name=_("only in")
    )
    reference = models.CharField(_("where it is written"), max_length=300, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    objects = TenantQuerySet.as_manager()

    class Meta:
        ordering = ["first_role", "second_role", "pk"]
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "key"], name="agreement_key_once"),
            models.CheckConstraint(
                condition=~models.Q(first_role=models.F("second_role")), name="agreement_of_two_roles"
            ),
            models.CheckConstraint(
                condition=models.Q(type__in=["ola", "contract", "secondment"]), name="agreement_type_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_role} – {self.second_role}"


class Incompatibility(models.Model):
    """That no person may hold both of two duties."""

    duty = models.ForeignKey(Duty, models.CASCADE, related_name="incompatibilities", verbose_name=_("duty"))
    other = models.ForeignKey(Duty, models.CASCADE, related_name="+", verbose_name=_("does not go with"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    control = models.TextField(_("what makes up for it"), blank=True)
    control_until = models.DateField(_("until"), null=True, blank=True)

    objects = DutyPartQuerySet.as_manager()

    class Meta:
        ordering = ["duty", "other"]
        verbose_name = _("incompatible duties")
        verbose_name_plural = _("incompatible duties")
        constraints = [
            models.UniqueConstraint(fields=["duty", "other"], name="incompatibility_once"),
            models.CheckConstraint(condition=~models.Q(duty=models.F("other")), name="incompatibility_of_two_duties"),
        ]

    def __str__(self) -> str:
        return f"{self.duty} ✕ {self.other}"


class Difference(models.Model):
    """How two roles differ in one dimension."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="differences")
    key = KeyField()
    first_role = models.ForeignKey(Role, models.CASCADE, related_name="+", verbose_name=_("role"))
    second_role = models.ForeignKey(Role, models.CASCADE, related_name="+", verbose_name=_("other role"))
    dimension = models.CharField(_("dimension"), max_length=120)
    first_value = models.TextField(_("of the role"), blank=True)
    second_value = models.TextField(_("of the other role"), blank=True)
    source = models.CharField(_("catalogue entry"), max_length=40, blank=True)
    position = models.PositiveIntegerField(_("position"), default=0)

    objects = TenantQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("difference")
        verbose_name_plural = _("differences")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "key"], name="difference_key_once"),
            models.CheckConstraint(condition=~models.Q(dimension=""), name="difference_has_dimension"),
            models.CheckConstraint(
                condition=~models.Q(first_role=models.F("second_role")), name="difference_of_two_roles"
            ),
        ]

    def __str__(self) -> str:
        return self.dimension


class Baseline(models.Model):
    """A revision that was given a name and published."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="baselines")
    key = KeyField()
    name = models.CharField(_("name"), max_length=120)
    number = models.PositiveIntegerField(_("revision"))
    published_on = models.DateField(_("published on"))
    note = models.TextField(_("note"), blank=True)

    objects = TenantQuerySet.as_manager()

    class Meta:
        ordering = ["number", "pk"]
        verbose_name = _("baseline")
        verbose_name_plural = _("baselines")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "key"], name="baseline_key_once"),
            models.CheckConstraint(condition=~models.Q(name=""), name="baseline_has_name"),
        ]

    def __str__(self) -> str:
        return self.name
