"""Who may get an account. Administrators create the users, unless the site opens sign-up."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up with a password."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Whether strangers may register."""
        return bool(settings.OPEN_SIGNUP)


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Sign-up through the OpenID Connect provider."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Whether somebody whom the provider knows and this site does not may register."""
        return bool(settings.OPEN_SIGNUP)
