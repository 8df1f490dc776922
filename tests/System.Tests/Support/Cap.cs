using System.Globalization;

namespace Coordination.SystemTests.Support;

/// <summary>CAP 1.2 messages, made to order.</summary>
public static class Cap
{
    /// <summary>The sender that the demo lets in.</summary>
    public const string Sender = "firecontrol@wmfs.example";

    public static string Message(
        string area,
        string? identifier = null,
        string sender = Sender,
        string status = "Actual",
        string severity = "Extreme",
        string eventName = "Major incident: industrial fire",
        DateTimeOffset? sent = null,
        (string Identifier, DateTimeOffset Sent)? updates = null,
        string? type = null) =>
        $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
          <identifier>{identifier ?? "TEST-" + Guid.NewGuid().ToString("N")}</identifier>
          <sender>{sender}</sender>
          <sent>{Time(sent ?? TimeProvider.System.GetUtcNow())}</sent>
          <status>{status}</status>
          <msgType>{type ?? (updates is null ? "Alert" : "Update")}</msgType>
          <scope>Public</scope>
          {(updates is { } first ? $"<references>{sender},{first.Identifier},{Time(first.Sent)}</references>" : "")}
          <info>
            <category>Fire</category>
            <event>{eventName}</event>
            <urgency>Immediate</urgency>
            <severity>{severity}</severity>
            <certainty>Observed</certainty>
            <headline>Large fire at a warehouse</headline>
            <area>
              <areaDesc>{area}</areaDesc>
              <geocode><valueName>WMFS-AREA</valueName><value>{area}</value></geocode>
            </area>
          </info>
        </alert>
        """;

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture) + "-00:00";
}
