using System.Text;

namespace Coordination.SystemTests.Support;

/// <summary>Register files, made to order.</summary>
public static class Register
{
    /// <summary>The first line of a register.</summary>
    public const string Header = "platform,handle,kind,area,station,department,display_name,contact_name,contact_email,contact_phone,deputy_name";

    /// <summary>A right row.</summary>
    public static string Row(string handle, string station = "binley", string name = "A station", string email = "alex@example.org", string platform = "x") =>
        $"{platform},{handle},local,,{station},,{name},Alex Example,{email},0121 496 0001,Sam Sample";

    /// <summary>A handle that no other test uses.</summary>
    public static string Handle(string name) => $"demo_{name}_{Guid.NewGuid().ToString("N")[..8]}";

    /// <summary>Sends a register.</summary>
    public static Task<ApiAnswer> ImportAsync(this ApiClient client, IEnumerable<string> rows, Guid? key = null, bool check = false) => client.PostBytesAsync(
        "/api/accounts/import" + (check ? "?check=true" : ""), Encoding.UTF8.GetBytes(string.Join('\n', [Header, .. rows])), "text/csv", key?.ToString("D"));

    /// <summary>A row of the answer.</summary>
    public static JsonNode Of(this JsonNode import, string account) =>
        Assert.Single(import["items"]!.AsArray(), item => string.Equals(item!.Text("account"), account, StringComparison.Ordinal))!;

    /// <summary>The counts of the answer: registered, changed, unchanged, refused.</summary>
    public static int[] Counts(this JsonNode import) =>
        [.. new[] { "registered", "changed", "unchanged", "refused" }.Select(field => import[field]!.GetValue<int>())];
}
