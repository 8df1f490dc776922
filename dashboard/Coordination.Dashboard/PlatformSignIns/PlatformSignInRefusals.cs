using Coordination.Domain;
using Coordination.Domain.People;

namespace Coordination.Dashboard.PlatformSignIns;

/// <summary>Why a sign-in was not set, in words for a person. The words stand here once: a page that comes after a form knows the code alone.</summary>
public static class PlatformSignInRefusals
{
    private const string Nothing = "Nothing was changed.";

    private static readonly Dictionary<string, (string Words, RefusalKind Kind)> Known = new(StringComparer.Ordinal)
    {
        ["secrets-not-set-up"] = ($"This service has no certificate that could protect a sign-in in its database. {Nothing} Whoever runs it sets Secrets:Certificate, or keeps sign-ins in its settings.", RefusalKind.Conflict),
        ["platform-not-connected"] = ($"The service cannot publish to this platform by itself, so it needs no sign-in there. {Nothing}", RefusalKind.Invalid),
        ["sign-in-kind-unknown"] = ($"This platform has no sign-in of that kind. {Nothing} Choose one of those that it has.", RefusalKind.Invalid),
        ["sign-in-server-unknown"] = ($"That server is not on the list of servers that accounts may sign in to. {Nothing} Choose one of the list; whoever runs the service can add one to Connectors:Servers.", RefusalKind.Invalid),
        ["sign-in-incomplete"] = ($"A field is empty, too long, or has characters that no token has. {Nothing} Copy each one again, whole and without spaces inside.", RefusalKind.Invalid),
        ["sign-in-ended"] = ($"It would have ended already. {Nothing} Give the time at which it will end, or leave it out.", RefusalKind.Invalid),
        ["account-retired"] = ($"The account is retired, so it needs no sign-in. {Nothing}", RefusalKind.Conflict),
        [FreshSignIn.Code] = ($"You must have signed in a short time ago for that, and your sign-in is older. {Nothing} Confirm that it is you, then type it again: a secret is kept nowhere meanwhile.", RefusalKind.Forbidden),
        ["sign-in-none"] = ($"No sign-in of this account is stored here. {Nothing}", RefusalKind.NotFound),
    };

    /// <summary>The refusal of a code.</summary>
    public static Refusal Of(string code) => Known.TryGetValue(code, out var known)
        ? new Refusal(code, known.Words, known.Kind)
        : throw new ArgumentOutOfRangeException(nameof(code), code, "It has no words.");

    /// <summary>The words of a code that came with an address; null when it is none of ours.</summary>
    public static string? Words(string? code) => code is not null && Known.TryGetValue(code, out var known) ? known.Words : null;
}
