using System.Globalization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;

namespace Coordination.Dashboard.SignIn.OpenId;

/// <summary>That somebody who is signed in confirms by the provider that it is them. It travels with the sign-in's own state, sealed.</summary>
/// <param name="StaffId">Who it has to be.</param>
/// <param name="Began">When they were sent there (UTC): the provider has to have asked them since.</param>
public sealed record StepUp(string StaffId, DateTimeOffset Began)
{
    /// <summary>By how much the two clocks may differ.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(2);

    private const string Who = "again";
    private const string When = "began";

    /// <summary>A sign-in at which the provider has to ask anew, whoever is signed in there.</summary>
    public OpenIdConnectChallengeProperties Challenge(string returnUrl)
    {
        // Either alone is enough by the standard (OpenID Connect Core, 3.1.2.1); with max_age the answer has to say when.
        var properties = new OpenIdConnectChallengeProperties { RedirectUri = returnUrl, Prompt = "login", MaxAge = TimeSpan.Zero };
        properties.Items[Who] = StaffId;
        properties.Items[When] = Began.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);
        return properties;
    }

    /// <summary>The one that a sign-in is; null when it is an ordinary one.</summary>
    public static StepUp? Of(AuthenticationProperties? properties) =>
        properties is not null && properties.Items.TryGetValue(Who, out var who) && who is not null
        && properties.Items.TryGetValue(When, out var when) && DateTimeOffset.TryParseExact(when, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var began)
            ? new StepUp(who, began)
            : null;

    /// <summary>Whether the provider's word is that they proved who they are since they were sent there. None, or one from before, proves nothing.</summary>
    public bool IsProvedBy(DateTimeOffset? authTime) => authTime >= Began - ClockSkew;
}
