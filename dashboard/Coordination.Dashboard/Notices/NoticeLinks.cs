namespace Coordination.Dashboard.Notices;

/// <summary>Links from outside into the service.</summary>
public static class NoticeLinks
{
    /// <summary>A hold's page, also where the service lies under a path of its own.</summary>
    public static Uri Hold(Uri publicAddress, string holdId) => new($"{publicAddress.AbsoluteUri.TrimEnd('/')}/holds/{Uri.EscapeDataString(holdId)}");
}
