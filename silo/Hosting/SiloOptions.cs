using System.Net;

namespace Coordination.Silo.Hosting;

/// <summary>Where a silo listens, and which cluster it joins.</summary>
public sealed class SiloOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Silo";

    /// <summary>The cluster's name. Hosts with the same name and database form one cluster. Default: <c>coordination</c>.</summary>
    public string ClusterId { get; set; } = "coordination";

    /// <summary>The silo's name in logs. Default: the machine's name.</summary>
    public string? Name { get; set; }

    /// <summary>The address other silos reach this one at. Default: 127.0.0.1, for one machine.</summary>
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>Port between silos; 0 takes a free one. Default: 11111.</summary>
    public int Port { get; set; } = 11111;

    /// <summary>Port for clients; 0 takes a free one. Default: 30000.</summary>
    public int GatewayPort { get; set; } = 30000;

    /// <summary>Calls to platforms at once on this silo. Default: 64.</summary>
    public int PublishersAtOnce { get; set; } = 64;

    /// <summary>How old a connected account's public figures may get before they are read again; zero reads them only after a publication. Default: one hour.</summary>
    public TimeSpan CountersEvery { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How old the platform's word on a connected account's sign-in may get before it is asked again; before a post it is asked
    /// anyway. Zero asks only when somebody wants to know. Default: one day.</summary>
    public TimeSpan SignInsEvery { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How often the posts that a covered account shows are looked through while a hold stands. Default: one minute.</summary>
    public TimeSpan OffSystemEvery { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How many accounts of one platform are looked through in a minute, by all silos together; with more accounts under hold than
    /// this each waits longer for its turn. Default: 600.</summary>
    public int OffSystemPerMinute { get; set; } = 600;

    /// <summary>Whether a post that was on the wire when a hold stopped its account is taken off the platform by itself once it is out. Default: false, a person decides.</summary>
    public bool RemoveWhatGotOut { get; set; }

    /// <summary>All faults, in words.</summary>
    public IEnumerable<string> Validate()
    {
        if (!IPAddress.TryParse(Address, out _))
        {
            yield return $"Silo:Address '{Address}' is no IP address.";
        }

        if (Port is < 0 or > 65535 || GatewayPort is < 0 or > 65535)
        {
            yield return "Silo:Port and Silo:GatewayPort lie between 0 and 65535.";
        }

        if (PublishersAtOnce is < 1 or > 1000)
        {
            yield return "Silo:PublishersAtOnce lies between 1 and 1000.";
        }

        if (CountersEvery != TimeSpan.Zero && (CountersEvery < TimeSpan.FromSeconds(1) || CountersEvery > TimeSpan.FromDays(7)))
        {
            yield return "Silo:CountersEvery lies between 00:00:01 and 7.00:00:00, or is 00:00:00 for never.";
        }

        if (SignInsEvery != TimeSpan.Zero && (SignInsEvery < TimeSpan.FromSeconds(1) || SignInsEvery > TimeSpan.FromDays(7)))
        {
            yield return "Silo:SignInsEvery lies between 00:00:01 and 7.00:00:00, or is 00:00:00 for never.";
        }

        if (OffSystemEvery < TimeSpan.FromSeconds(1) || OffSystemEvery > TimeSpan.FromHours(1))
        {
            yield return "Silo:OffSystemEvery lies between 00:00:01 and 01:00:00.";
        }

        if (OffSystemPerMinute is < 6 or > 60_000)
        {
            yield return "Silo:OffSystemPerMinute lies between 6 and 60000.";
        }
    }
}
