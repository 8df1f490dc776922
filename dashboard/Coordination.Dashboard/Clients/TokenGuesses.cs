using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Coordination.Dashboard.Composition;
using Microsoft.Extensions.Options;

namespace Coordination.Dashboard.Clients;

/// <summary>How many tokens that were not known before are looked up for one address: a flood of guesses must not reach the database.</summary>
/// <remarks>
/// The first look-up of a token that counts is one of them, and of a token that is remembered none; so a client behind the address of a flood goes on.
/// An IPv6 address stands for its /64: one machine has as many of those as it likes.
/// </remarks>
public sealed class TokenGuesses : IDisposable
{
    private readonly PartitionedRateLimiter<IPAddress> _limiter;

    /// <summary>Makes it by the settings.</summary>
    public TokenGuesses(IOptions<CallerLimits> options)
    {
        var limits = options.Value;
        _limiter = PartitionedRateLimiter.Create<IPAddress, string>(address => RateLimitPartition.GetTokenBucketLimiter(Place(address), _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = limits.UnknownTokensBurst,
            TokensPerPeriod = limits.UnknownTokensPerMinute,
            ReplenishmentPeriod = TimeSpan.FromMinutes(1),
            QueueLimit = 0,
        }));
    }

    /// <summary>Whether one more may be looked up for an address.</summary>
    /// <param name="address">Which; null where there is none, as in tests without a network.</param>
    /// <param name="wait">When not: how long until it may.</param>
    public bool TryEnter(IPAddress? address, out TimeSpan wait)
    {
        using var lease = _limiter.AttemptAcquire(address ?? IPAddress.None);
        wait = lease.IsAcquired || !lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? TimeSpan.FromMinutes(1) : after;
        return lease.IsAcquired;
    }

    /// <inheritdoc/>
    public void Dispose() => _limiter.Dispose();

    /// <summary>What of an address counts as one place.</summary>
    public static string Place(IPAddress? address)
    {
        if (address is null)
        {
            return "nowhere";
        }

        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(plain.GetAddressBytes().AsSpan(0, 8)) : plain.ToString();
    }
}
