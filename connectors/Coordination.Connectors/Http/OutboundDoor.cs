using System.Net.Http.Headers;

namespace Coordination.Connectors.Http;

/// <summary>Why a request that is no read goes out without a pass.</summary>
internal enum PassFree
{
    /// <summary>A removal: a hold must never stop one (FENCE.md rule 1).</summary>
    Removal,

    /// <summary>A sign-in: nothing public comes of it.</summary>
    SignIn,

    /// <summary>A file that nobody sees before a post with it is published.</summary>
    Upload,

    /// <summary>A two-step platform's container, which nobody sees before it is published.</summary>
    Container,
}

/// <summary>The innermost handler: nothing that the public could see leaves without a valid pass (FENCE.md rules 1 and 9).</summary>
internal sealed class OutboundDoor : DelegatingHandler
{
    /// <summary>Where a request says that it needs no pass.</summary>
    public static readonly HttpRequestOptionsKey<PassFree> PassFreeKey = new("Coordination.PassFree");

    /// <summary>What signs a request. Asked here, because a read that is repeated has to be signed anew.</summary>
    public static readonly HttpRequestOptionsKey<Func<AuthenticationHeaderValue>> SignatureKey = new("Coordination.Signature");

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Options.TryGetValue(OutboundPass.Key, out var pass))
        {
            // Asked here so that no connection is opened in vain; the body asks again once the connection stands.
            pass.Check();
        }
        else if (request.Method != HttpMethod.Get && !request.Options.TryGetValue(PassFreeKey, out _))
        {
            throw new InvalidOperationException($"A {request.Method} to {request.RequestUri?.Host} was about to leave without a permit.");
        }

        if (request.Options.TryGetValue(SignatureKey, out var sign))
        {
            request.Headers.Authorization = sign();
        }

        return base.SendAsync(request, cancellationToken);
    }
}
