# kops-mfa in xonsh, in ~/.xonshrc (not with $(...), which can lose the end of what a program prints):
#   execx(__import__("subprocess").check_output(["kops-mfa", "init", "xonsh"], text=True))
#
#   kops-mfa use prod    puts the session of a profile into this shell
#   kops-mfa off         takes it out again
#
# Everything else runs the program as usual. With  kops-mfa init xonsh --wrap kops,kubectl  these commands renew a session that
# is over before they run.
#
# An alias that is a function cuts a program off from pipes or from the terminal, so that the commands stay what they are, and
# what is typed is changed before it runs:  kops-mfa use  becomes  __kops_mfa use. Scripts say that themselves, and nothing is
# wrapped there.  kops-mfa exec  runs programs, not aliases.

import gc as __kops_mfa_gc
import re as __kops_mfa_re
import subprocess as __kops_mfa_subprocess
import time as __kops_mfa_time
from types import GeneratorType as __kops_mfa_generator

from xonsh.tools import unthreadable as __kops_mfa_unthreadable

# What was asked for last, and the access key ID of the session it made; the commands to look after. Of the whole shell,
# however often this is loaded.
__kops_mfa_state = __xonsh__.ctx.setdefault("__kops_mfa_state", {"words": [], "key": None, "wrapped": set(), "hooked": False})


# All that a session sets or unsets.
__kops_mfa_variables = frozenset(
    """
    AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AWS_CREDENTIAL_EXPIRATION AWS_SESSION_EXPIRATION
    KOPS_MFA_PROFILE KOPS_MFA_EXPIRES_AT KOPS_MFA_ACCESS_KEY_ID KOPS_MFA_SESSION_ID KOPS_MFA_SET KOPS_MFA_PREVIOUS KOPS_MFA_SERVER
    AWS_REGION AWS_DEFAULT_REGION KOPS_STATE_STORE KOPS_CLUSTER_NAME
    KOPS_MFA_ROLE_ARN KOPS_MFA_ARN KOPS_MFA_EXTERNAL_ID KOPS_MFA_ROLE_SESSION_NAME KOPS_MFA_REGION
    AWS_PROFILE AWS_DEFAULT_PROFILE AWS_SECURITY_TOKEN AWS_ACCESS_KEY AWS_SECRET_KEY
    AWS_ROLE_ARN AWS_ROLE_SESSION_NAME AWS_WEB_IDENTITY_TOKEN_FILE
    AWS_CONTAINER_CREDENTIALS_FULL_URI AWS_CONTAINER_CREDENTIALS_RELATIVE_URI
    AWS_CONTAINER_AUTHORIZATION_TOKEN AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE KOPS_AWS_ROLE_ARN
    """.split()
)


def __kops_mfa_scoped():
    """The variable of these that is only set for a command ($AWS_PROFILE="x" kops-mfa use) or in a `with ${...}.swap()`, or None."""
    # Fast, but it also has what a swap that is over has set.
    if not __kops_mfa_variables.intersection(${...}.get_swapped_values() or ()):
        return None
    swap = type(${...}).swap.__wrapped__.__code__
    for thing in __kops_mfa_gc.get_objects():
        if type(thing) is __kops_mfa_generator and thing.gi_code is swap and thing.gi_frame is not None:
            for name in thing.gi_frame.f_locals.get("old", ()):
                if name in __kops_mfa_variables:
                    return name
    return None


def __kops_mfa_settle():
    """Takes what a swap that is over has left in front of a variable: to remove the variable would only reveal the one behind it."""
    swapped = ${...}.get_swapped_values() or {}
    for name in __kops_mfa_variables.intersection(swapped):
        value = swapped.pop(name)
        ${...}.set_swapped_values(swapped)
        ${...}[name] = value


def __kops_mfa_without_code(words):
    """The words for the next renewal: without the code, which works once."""
    kept = []
    words = iter(words)
    for word in words:
        if word == "--token-code":
            next(words, None)
        elif word != "--renew" and not word.startswith("--token-code="):
            kept.append(word)
    return kept


def __kops_mfa_change(words):
    """Evaluates in this shell what these words print; those that ask for something to read run as usual. The exit code."""
    command = ["kops-mfa", *words]
    env = {**${...}.detype(), "KOPS_MFA_SHELL": "xonsh"}
    try:
        if any(__kops_mfa_re.fullmatch(r"-h|--help|--(format|output|shell)(=.*)?", word) for word in words):
            return __kops_mfa_subprocess.run(command, env=${...}.detype()).returncode
        scoped = __kops_mfa_scoped()
        if scoped is not None:
            print(
                f"kops-mfa: {scoped} is set for this command only, but a session is for the whole shell; nothing has changed.",
                f"Set ${scoped} first, or name a profile: kops-mfa use PROFILE",
                file=__import__("sys").stderr,
            )
            return 1
        __kops_mfa_settle()
        result = __kops_mfa_subprocess.run(command, env=env, stdout=__kops_mfa_subprocess.PIPE, encoding="utf-8")
    except KeyboardInterrupt:
        return 130
    except FileNotFoundError:
        print("kops-mfa: command not found", file=__import__("sys").stderr)
        return 127
    if result.returncode == 0:
        execx(result.stdout)
        left = "--unset" in words
        __kops_mfa_state["words"] = [] if left else __kops_mfa_without_code(words)
        __kops_mfa_state["key"] = None if left else ${...}.get("KOPS_MFA_ACCESS_KEY_ID")
    return result.returncode


@__kops_mfa_unthreadable
def __kops_mfa(args):
    first = args[0] if args else ""
    if first == "use":
        return __kops_mfa_change(["env", *args[1:]])
    if first == "off":
        return __kops_mfa_change(["env", "--unset", *args[1:]])
    if first == "env":
        return __kops_mfa_change(args)
    return __kops_mfa_subprocess.run(["kops-mfa", *args], env=${...}.detype()).returncode


@__kops_mfa_unthreadable
def __kops_mfa_status(args):
    return int(args[0])


aliases["__kops_mfa"] = __kops_mfa
aliases["__kops_mfa_status"] = __kops_mfa_status


def __kops_mfa_fresh():
    """Renews the session that this shell carries, if it is ours and has less than five minutes left. The exit code."""
    key = ${...}.get("KOPS_MFA_ACCESS_KEY_ID")
    expires_at = str(${...}.get("KOPS_MFA_EXPIRES_AT", ""))
    if not key or key != ${...}.get("AWS_ACCESS_KEY_ID") or not __kops_mfa_re.fullmatch("[0-9]{1,12}", expires_at):
        return 0
    if int(expires_at) - __kops_mfa_time.time() > 300:
        return 0
    # A session that came in another way, as into a shell within a shell, names its profile.
    words = __kops_mfa_state["words"][1:] if key == __kops_mfa_state["key"] else []
    return __kops_mfa_change(["env", "--renew", *words])


def __kops_mfa_typed(cmd, **_):
    """What is typed, with our words for what changes this shell. `env` with a pipe or redirection is for whoever that is."""
    assigned = r"""(?:\$\w+\s*=\s*(?:'[^']*'|"[^"]*"|[^\s'"]+)\s+)*"""
    start = r"(?m)(^|&&|\|\||;|\band\b|\bor\b)(\s*" + assigned + ")"
    for name in __kops_mfa_state["wrapped"]:
        if __kops_mfa_re.search(r"(^|[\s;&|(\[])" + __kops_mfa_re.escape(name) + r"(\s|$)", cmd):
            status = __kops_mfa_fresh()
            if status != 0:
                return f"__kops_mfa_status {status}\n"
            break
    cmd = __kops_mfa_re.sub(start + r"kops-mfa(?=\s+(use|off)(\s|$))", r"\1\2__kops_mfa", cmd)
    return __kops_mfa_re.sub(start + r"kops-mfa(?=\s+env(\s[^|<>)\]]*)?$)", r"\1\2__kops_mfa", cmd)


def __kops_mfa_wrap(*names):
    """Makes commands look after the session. An alias of the person's own of that name is left alone."""
    __kops_mfa_state["wrapped"].update(name for name in names if name not in aliases)


if ${...}.get("XONSH_INTERACTIVE") and not __kops_mfa_state["hooked"]:
    events.on_transform_command(__kops_mfa_typed)
    __kops_mfa_state["hooked"] = True
