using System.Globalization;
using System.Text;

namespace Coordination.Pages.Tests.Feeds;

/// <summary>Feeds and messages, made to order.</summary>
internal static class Atoms
{
    /// <summary>A time within the tests' day.</summary>
    public static string At(int minute) => string.Create(CultureInfo.InvariantCulture, $"2026-11-27T10:{minute:00}:00Z");

    /// <summary>A feed of entries.</summary>
    public static byte[] Feed(params string[] entries) => Encoding.UTF8.GetBytes(
        $"""
        <?xml version="1.0" encoding="utf-8"?>
        <feed xmlns="http://www.w3.org/2005/Atom">
          <id>urn:test:feed</id><title>Alerts</title><updated>2026-11-27T10:00:00Z</updated>
          {string.Join("\n  ", entries)}
        </feed>
        """);

    /// <summary>An entry with what stands in it besides.</summary>
    public static string Entry(string id, string inside, int minute = 0) =>
        $"<entry>\n    <id>{id}</id>\n    <title>An alert</title>\n    <updated>{At(minute)}</updated>\n    {inside}\n  </entry>";

    /// <summary>An entry that links to its message.</summary>
    public static string Linked(string id, string href, int minute = 0, string attributes = "type=\"application/cap+xml\"") =>
        Entry(id, $"<link href=\"{href}\" {attributes}/>", minute);

    /// <summary>An entry that holds its message.</summary>
    public static string Embedded(string id, string identifier, int minute = 0) => Entry(id, $"<content type=\"application/cap+xml\">{Cap(identifier)}</content>", minute);

    /// <summary>A message, as short as the tests of the pulling need.</summary>
    public static string Cap(string identifier) =>
        $"<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\"><identifier>{identifier}</identifier><sender>weather@example.org</sender></alert>";

    /// <summary>The same as bytes.</summary>
    public static byte[] CapBytes(string identifier) => Encoding.UTF8.GetBytes(Cap(identifier));
}
