using System.Net.Http.Headers;
using Coordination.Dashboard.Desks;
using Coordination.Domain;
using Coordination.Domain.Accounts;
using Coordination.Silo.Publishing;

namespace Coordination.Dashboard.Composition.Local;

/// <summary>Makes accounts known to the demo's sandbox network: there, that is all that connecting one takes.</summary>
internal sealed class SandboxAccounts(Uri address, string adminKey, SandboxKey keys) : IConnectStep
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public async Task<Refusal?> PrepareAsync(AccountSummary account, CancellationToken cancellationToken) =>
        await TellAsync([(account.Key, account.DisplayName)], cancellationToken) is { } refused
            ? new Refusal(
                "sandbox-refused", $"The sandbox network did not take the account {account.Key}, so it is not connected: {refused} Nothing was changed. Try again.", RefusalKind.Conflict)
            : null;

    /// <summary>Registers accounts there; those that are there already stay as they are.</summary>
    /// <returns>Null when all are known there, else what went wrong.</returns>
    public async Task<string?> TellAsync(IReadOnlyCollection<(AccountKey Key, string DisplayName)> accounts, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = address, Timeout = Patience };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", adminKey);
        try
        {
            using var answer = await client.PostAsJsonAsync(
                "/sandbox/accounts",
                accounts.Select(account => new
                {
                    username = $"{account.Key.PlatformId}_{account.Key.Handle}",
                    displayName = account.DisplayName,
                    token = keys.TokenOf(account.Key),
                    network = account.Key.Platform.Name,
                }),
                cancellationToken);
            return answer.IsSuccessStatusCode ? null : $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(cancellationToken)}";
        }
        catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return "it does not answer.";
        }
    }
}
