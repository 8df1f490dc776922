using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Coordination.SystemTests.Support;

/// <summary>Incident reports, and how a mobilising system signs them.</summary>
internal static class Reports
{
    /// <summary>Where people and systems with a token report.</summary>
    public const string Intake = "/api/incidents/reports";

    /// <summary>A number that no other test has.</summary>
    public static string Number() => "T-" + Guid.NewGuid().ToString("N")[..12];

    /// <summary>A report; what is null is left out.</summary>
    public static JsonObject Of(string number, int revision = 1, bool exercise = false, bool major = false, int? pumps = null, string? area = "dudley", string type = "Industrial fire", string? duplicateOf = null, string status = "open")
    {
        var report = new JsonObject
        {
            ["number"] = number, ["revision"] = revision, ["reportedAt"] = Steps.In(TimeSpan.Zero), ["exercise"] = exercise, ["status"] = status, ["typeAtCall"] = type,
        };
        if (major)
        {
            report["major"] = new JsonObject { ["declaredAt"] = Steps.In(TimeSpan.FromMinutes(-5)), ["declaredBy"] = "Fire" };
        }

        if (pumps is { } count)
        {
            report["pumps"] = count;
        }

        if (area is not null)
        {
            report["areas"] = new JsonArray(area);
        }

        if (duplicateOf is not null)
        {
            report["duplicateOf"] = duplicateOf;
        }

        return report;
    }

    /// <summary>Sends one with the client's token.</summary>
    public static Task<ApiAnswer> ReportAsync(this ApiClient client, JsonObject report) => client.PostTextAsync(Intake, report.ToJsonString(), "application/json");

    /// <summary>Sends one as a mobilising system does: no token, a signature of its own making (Standard Webhooks), independent of the product's code.</summary>
    public static async Task<HttpResponseMessage> SendSignedAsync(HttpClient client, string source, string secret, string id, DateTimeOffset at, string body, string? signed = null)
    {
        var timestamp = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), Encoding.UTF8.GetBytes($"{id}.{timestamp}.{signed ?? body}"));
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"{Intake}/{source}", UriKind.Relative)) { Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")) };
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", timestamp);
        request.Headers.Add("webhook-signature", "v1," + Convert.ToBase64String(signature));
        return await client.SendAsync(request);
    }
}
