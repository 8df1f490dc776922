using System.Text;
using Coordination.SystemTests.Support;

namespace Coordination.SystemTests.Hostile;

/// <summary>Every route of the document, with what nobody should send: a clear answer, never a failure inside.</summary>
public sealed class FuzzTests(ServiceFixture fixture)
{
    private static readonly string[] Values =
        ["", "%00", "%27%20or%201%3D1--", "..%2F..%2Fetc%2Fpasswd", "-1", "0", "99999999999999999999", "NaN", "1e999", "%ED%A0%80", "%F0%9F%94%A5", "%2520", "true", "null", "2026-02-30T25:61:00Z", "[]"];

    // They do what they say with nothing in their body, and that is no matter of this test.
    private static readonly string[] Bodiless =
        ["POST /api/verify", "POST /api/calendar/feed", "DELETE /api/calendar/feed", "GET /api/calendar/feed", "POST /api/incidents/rules/draft/discard", "POST /api/journal/export"];

    [Fact]
    public async Task EveryParameter_IsReadOrRefused()
    {
        using var comms = fixture.As(Roles.Manager);
        var broken = new List<string>();
        foreach (var (verb, path, operation) in await RoutesAsync())
        {
            var parameters = operation["parameters"]?.AsArray().Select(p => (In: p!.Text("in"), Name: p!.Text("name"))).ToList() ?? [];
            if (verb != "GET" && parameters.All(p => p.In != "query"))
            {
                continue;
            }

            foreach (var address in Values.Select(v => Fill(path, v) + "?" + string.Join('&', parameters.Where(p => p.In == "query").Select(p => p.Name + "=" + v))).Append(Fill(path, new string('a', 3_000))))
            {
                await TryAsync(comms, new HttpRequestMessage(new HttpMethod(verb), address), broken);
            }
        }

        Assert.Empty(broken);
    }

    [Fact]
    public async Task EveryBody_OfTheWrongShape_IsRefused()
    {
        using var comms = fixture.As(Roles.Manager);
        var broken = new List<string>();
        foreach (var (verb, path, operation) in await RoutesAsync())
        {
            if (verb is not ("POST" or "PUT") || Bodiless.Contains($"{verb} {path}", StringComparer.Ordinal))
            {
                continue;
            }

            // Of things that are not there: whatever is carried out after all, nothing is changed by it.
            var address = Fill(path, "0198a0a0-0000-7000-8000-00000000ffff");
            foreach (var body in Bodies(await NamesAsync(operation)))
            {
                await TryAsync(comms, new HttpRequestMessage(new HttpMethod(verb), address) { Content = new StringContent(body, Encoding.UTF8, "application/json") }, broken);
            }
        }

        Assert.Empty(broken);
    }

    private static IEnumerable<string> Bodies(IReadOnlyList<string> names)
    {
        string[] whole = ["", "null", "[]", "\"text\"", "0", "{", "{\"a\":1}{\"b\":2}", new string('[', 40) + new string(']', 40), "\u0000", "{\"\\u0000\":1}"];
        string[] odd = ["1e400", "{\"a\":{\"b\":[]}}", "[[null]]", "\"\\ud800\"", "\"\\u0000\"", "[{}]"];
        return whole.Concat(odd.Select(value => "{" + string.Join(',', names.Select(n => $"\"{n}\":{value}")) + "}"));
    }

    private Task<IReadOnlyList<string>> NamesAsync(JsonNode operation)
    {
        var schema = operation["requestBody"]?["content"]?["application/json"]?["schema"];
        var named = schema?["$ref"]?.GetValue<string>() is { } reference ? _document!["components"]!["schemas"]![reference[(reference.LastIndexOf('/') + 1)..]] : schema;
        return Task.FromResult<IReadOnlyList<string>>([.. named?["properties"]?.AsObject().Select(p => p.Key) ?? []]);
    }

    private static async Task TryAsync(ApiClient client, HttpRequestMessage request, List<string> broken)
    {
        var what = $"{request.Method} {request.RequestUri}";
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync();
        var answer = await client.SendAsync(request);
        if ((int)answer.Status >= 500)
        {
            broken.Add($"{what[..Math.Min(200, what.Length)]} {body[..Math.Min(200, body.Length)]}: {(int)answer.Status} {answer.Text[..Math.Min(200, answer.Text.Length)]}");
        }
    }

    private static string Fill(string path, string value) =>
        System.Text.RegularExpressions.Regex.Replace(path, @"\{[^}]+\}", value.Length == 0 ? "%20" : value.Replace("$", "$$", StringComparison.Ordinal), System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(5));

    private JsonNode? _document;

    private async Task<IReadOnlyList<(string Verb, string Path, JsonNode Operation)>> RoutesAsync()
    {
        using var nobody = fixture.As(null);
        _document = (await nobody.GetAsync("/openapi/v1.json")).Expect(HttpStatusCode.OK).Json;
        return [.. _document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(verb => (verb.Key.ToUpperInvariant(), path.Key, verb.Value!)))];
    }
}
