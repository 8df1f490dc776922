using Coordination.Sandbox.Control;
using Coordination.Sandbox.Network;

namespace Coordination.Sandbox.Api;

/// <summary>Who asks, and when the request arrived.</summary>
internal static class Caller
{
    private static readonly object AccountItem = new();
    private static readonly object ArrivalItem = new();

    /// <summary>Notes the arrival before anything can delay the request.</summary>
    public static void UseArrivalTime(this WebApplication app) => app.Use((context, next) =>
    {
        context.Items[ArrivalItem] = context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        return next(context);
    });

    /// <summary>Finds the account of the bearer token, if there is one.</summary>
    public static void UseTokens(this WebApplication app) => app.Use((context, next) =>
    {
        if (Bearer(context.Request) is not { } token || context.RequestServices.GetRequiredService<SandboxNetwork>().ByToken(token) is not { } account)
        {
            return next(context);
        }

        if (context.RequestServices.GetRequiredService<TokenBoard>().WhyNot(account.Username) is { } ended)
        {
            return Protocols.Error(context.Request, StatusCodes.Status401Unauthorized, ended).ExecuteAsync(context);
        }

        context.Items[AccountItem] = account;
        return next(context);
    });

    /// <summary>The account that asks; null without a token or with a wrong one.</summary>
    public static SandboxAccount? Account(this HttpContext context) => context.Items[AccountItem] as SandboxAccount;

    public static DateTimeOffset ArrivedAt(this HttpContext context) => (DateTimeOffset)context.Items[ArrivalItem]!;

    public static string? Bearer(HttpRequest request)
    {
        const string Scheme = "Bearer ";
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..].Trim() : null;
    }
}
