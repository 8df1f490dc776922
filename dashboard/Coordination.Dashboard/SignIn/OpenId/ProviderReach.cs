using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;

namespace Coordination.Dashboard.SignIn.OpenId;

/// <summary>Whether the provider answers, asked before a person is sent there: a browser's own error page says nothing of what to do.</summary>
public sealed class ProviderReach(IOptionsMonitor<OpenIdConnectOptions> options)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Asks.</summary>
    public async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        var provider = options.Get(OpenIdSetup.Scheme);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            using var answer = await provider.Backchannel.GetAsync(new Uri(provider.MetadataAddress!), HttpCompletionOption.ResponseHeadersRead, limit.Token);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
