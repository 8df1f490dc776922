using System.Security.Claims;
using Coordination.Dashboard.SignIn.Sessions;
using Coordination.Storage.People.Sessions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Coordination.Dashboard.SignIn.OpenId;

/// <summary>What happens at the turns of a sign-in: who is let in, and which page says that it came to nothing.</summary>
public sealed partial class OpenIdEvents(OpenIdAdmission admission, SessionOpener opener, RefusalTicket tickets, CallbackLimit limit, ILogger<OpenIdEvents> logger) : OpenIdConnectEvents
{
    private const string Renewed = "renewed";

    /// <summary>Called first of all, before the provider is asked about anything.</summary>
    public override async Task MessageReceived(MessageReceivedContext context)
    {
        if (!await limit.AdmitAsync(context.HttpContext))
        {
            context.HandleResponse();
        }
    }

    /// <summary>Called last of all, after state, nonce and token were checked: only now is anything changed.</summary>
    public override async Task TicketReceived(TicketReceivedContext context)
    {
        var person = context.Principal!;
        try
        {
            if (StepUp.Of(context.Properties) is { } step && await FailsAsync(step, person, context.HttpContext.RequestAborted) is { } unproved)
            {
                LogFailed(unproved.Code, "step-up");
                Leave(context, unproved.Address);
                return;
            }

            var (member, why) = await admission.DecideAsync(person, context.HttpContext.RequestAborted);
            if (member is not null)
            {
                context.Principal = member.AsActor().ToPrincipal(CookieAuthenticationDefaults.AuthenticationScheme);

                context.Properties = await opener.OpenAsync(context.HttpContext, member.Id, SignInWay.Provider, AuthTime.Of(person));
                context.Properties.RedirectUri = context.ReturnUri;
                return;
            }

            LogRefused(why ?? "");
            Leave(context, tickets.Address(new SignInRefusal(admission.NameOf(person) ?? "", why ?? "")));
        }
        catch (Exception e) when (!context.HttpContext.RequestAborted.IsCancellationRequested)
        {
            // The handler takes what is thrown from here for a fault of the program.
            var problem = SignInProblem.Of(e);
            LogFailed(problem.Code, e.GetType().Name);
            Leave(context, problem.Address);
        }
    }

    /// <summary>Called when the person, or the provider, said no.</summary>
    public override Task AccessDenied(AccessDeniedContext context)
    {
        LogFailed(SignInProblem.Declined.Code, "access_denied");
        context.Response.Redirect(SignInProblem.Declined.Address);
        context.HandleResponse();
        return Task.CompletedTask;
    }

    /// <summary>Called on everything else that goes wrong.</summary>
    public override async Task RemoteFailure(RemoteFailureContext context)
    {
        var problem = SignInProblem.Of(context.Failure);
        LogFailed(problem.Code, context.Failure?.GetType().Name ?? "");

        // The provider has a new key, which is being fetched: the person need not know. Once; the provider's own session answers at once.
        if (context.Failure is SecurityTokenSignatureKeyNotFoundException && context.Properties is { } properties && !properties.Items.ContainsKey(Renewed))
        {
            var back = LocalAddress.OrNull(properties.RedirectUri) ?? "/";
            var again = StepUp.Of(properties)?.Challenge(back) ?? new AuthenticationProperties { RedirectUri = back };
            again.Items[Renewed] = "";
            await context.HttpContext.ChallengeAsync(OpenIdSetup.Scheme, again);
        }
        else
        {
            context.Response.Redirect(problem.Address);
        }

        context.HandleResponse();
    }

    /// <summary>Says who asks for the sign-out: no token is kept that would.</summary>
    public override Task RedirectToIdentityProviderForSignOut(RedirectContext context)
    {
        context.ProtocolMessage.ClientId = context.Options.ClientId;
        return Task.CompletedTask;
    }

    // Who is signed in stays so, and is no fresher than before.
    private async Task<SignInProblem?> FailsAsync(StepUp step, ClaimsPrincipal person, CancellationToken cancellationToken) =>
        !await admission.IsAsync(person, step.StaffId, cancellationToken) ? SignInProblem.SomebodyElse
        : step.IsProvedBy(AuthTime.Of(person)) ? null
        : SignInProblem.NotFresh;

    private static void Leave(TicketReceivedContext context, string address)
    {
        context.Response.Redirect(address);
        context.HandleResponse();
    }
}
