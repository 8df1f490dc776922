using System.Text;
using Coordination.SystemTests.Support;

namespace Coordination.SystemTests.Hostile;

/// <summary>Who is not somebody is nobody, whatever they send; and nobody's browser can be made to speak for them.</summary>
public sealed class ForgeryTests(ServiceFixture fixture)
{
    private static readonly string Unsigned = $"{Base64("""{"alg":"none","typ":"JWT"}""")}.{Base64("""{"sub":"rowan-demo","name":"Rowan","role":"comms-manager"}""")}.";

    [Fact]
    public async Task Nobody_IsLetIn_ByWhatLooksLikeASignIn()
    {
        var real = fixture.Token(Roles.Manager);
        foreach (var header in (string[])
        [
            "Bearer " + Unsigned, "Bearer " + real[..^1], "Bearer " + real + "0", "Bearer " + Flip(real), "Bearer", "Bearer ", "Bearer " + new string('a', 5_000), "Basic " + Base64("rowan-demo:"), "Token " + real,
            "Bearer " + real + ", Bearer " + real, "Bearer rowan-demo", "Bearer null", "Bearer ' or '1'='1",
        ])
        {
            Assert.Equal((header, HttpStatusCode.Unauthorized), (header, await StatusAsync(r => r.Headers.TryAddWithoutValidation("Authorization", header))));
        }

        foreach (var (name, value) in (IEnumerable<(string, string)>)
        [
            ("X-Forwarded-User", "rowan-demo"), ("X-Remote-User", "rowan-demo"), ("X-MS-CLIENT-PRINCIPAL-ID", "rowan-demo"), ("X-Api-Key", real), ("X-Original-URL", "/health/live"), ("X-Rewrite-Url", "/health/live"),
            ("Cookie", "coordination=" + real), ("Cookie", "coordination=CfDJ8" + new string('A', 300)), ("Cookie", "__Host-coordination=rowan-demo"),
        ])
        {
            Assert.NotEqual((name, HttpStatusCode.OK), (name, await StatusAsync(r => r.Headers.TryAddWithoutValidation(name, value))));
        }

        // A token is a program's: it opens no page, and no page's connection.
        foreach (var path in (string[])["/", "/holds", "/me"])
        {
            Assert.Equal((path, HttpStatusCode.Redirect), (path, await StatusAsync(r =>
            {
                r.RequestUri = new Uri(path, UriKind.Relative);
                r.Headers.TryAddWithoutValidation("Authorization", "Bearer " + real);
            })));
        }

        // In the address a token stands in logs: the hub alone takes it there.
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(r => r.RequestUri = new Uri("/api/accounts?access_token=" + real, UriKind.Relative)));
    }

    [Fact]
    public async Task AnotherSite_CannotMakeABrowserAct()
    {
        var cookie = await SignInAsync("rowan-demo");
        var wish = new { kind = "freeze", scope = new { stations = new[] { "willenhall" } }, reason = "Another site wants it" };
        foreach (var (name, value) in (IEnumerable<(string, string)>)[("Origin", "https://evil.example"), ("Origin", "null"), ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Site", "same-site"), ("Origin", fixture.Service.BaseAddress.AbsoluteUri.TrimEnd('/') + "0")])
        {
            var answer = await SendAsync("/api/holds", cookie, wish, (name, value));
            answer.ExpectProblem(HttpStatusCode.Forbidden, "cross-site");
        }

        // What a plain form can send without being asked is no JSON.
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await SendAsync("/api/holds", cookie, wish, ("Sec-Fetch-Site", "none"), "text/plain")).Status);
        (await SendAsync("/api/holds/preview", cookie, new { scope = wish.scope }, ("Sec-Fetch-Site", "same-origin"))).Expect(HttpStatusCode.OK);
        using var comms = fixture.As(Roles.Manager);
        Assert.DoesNotContain((await comms.GetAsync("/api/holds")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray(), h => h!.Text("reason") == wish.reason);

        // Live connections and answers with data are opened by a GET: not from a neighbour of the same domain either. A page is.
        foreach (var path in (string[])["/hubs/coordination?id=x", "/_blazor?id=x", "/api/journal", "/api/accounts"])
        {
            (await SendAsync(path, cookie, null, ("Sec-Fetch-Site", "same-site"), method: HttpMethod.Get)).ExpectProblem(HttpStatusCode.Forbidden, "cross-site");
            (await SendAsync(path, cookie, null, ("Origin", "https://other.wmfs.example"), method: HttpMethod.Get)).ExpectProblem(HttpStatusCode.Forbidden, "cross-site");
        }

        (await SendAsync("/api/accounts?limit=1", cookie, null, ("Sec-Fetch-Site", "none"), method: HttpMethod.Get)).Expect(HttpStatusCode.OK);
        (await SendAsync("/holds", cookie, null, ("Sec-Fetch-Site", "cross-site"), method: HttpMethod.Get)).Expect(HttpStatusCode.OK);

        // A link that is followed changes nothing: there is no command by GET.
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync("/sign-out", cookie, null, ("Sec-Fetch-Site", "cross-site"), method: HttpMethod.Get)).Status);
    }

    [Fact]
    public async Task WhatIsTheServicesOwn_IsNotTakenFromABody()
    {
        using var holder = fixture.As(Roles.Holder);
        var due = TimeProvider.System.GetUtcNow().AddDays(2);
        var post = (await holder.PostAsync("/api/accounts/x/demo_wmfs_binley/posts", new
        {
            text = "Test your smoke alarm. " + Guid.NewGuid(),
            dueAt = due,
            state = "published",
            posterId = "rowan-demo",
            poster = new { id = "rowan-demo", name = "Rowan" },
            actor = new { id = "system", role = "system" },
            role = "comms-manager",
            approvedBy = "rowan-demo",
            confirmedSeq = 1,
            remoteId = "1",
            operationId = Guid.NewGuid(),
        })).Expect(HttpStatusCode.Created).Json;
        using var comms = fixture.As(Roles.Manager);
        var stored = (await comms.GetAsync($"/api/posts/{post.Text("id")}")).Expect(HttpStatusCode.OK).Json;
        Assert.DoesNotContain("rowan-demo", stored.ToJsonString(), StringComparison.Ordinal);
        Assert.NotEqual("published", stored.Text("state"));
        Assert.Null(stored["url"]);
        (await holder.PostAsync($"/api/posts/{post.Text("id")}/cancel", new { })).Expect(HttpStatusCode.OK);
    }

    private async Task<HttpStatusCode> StatusAsync(Action<HttpRequestMessage> forge)
    {
        using var http = Plain();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/accounts");
        forge(request);
        using var answer = await http.SendAsync(request);
        return answer.StatusCode;
    }

    private async Task<ApiAnswer> SendAsync(string path, string cookie, object? body, (string Name, string Value) header, string type = "application/json", HttpMethod? method = null)
    {
        using var http = Plain();
        using var request = new HttpRequestMessage(method ?? HttpMethod.Post, path);
        if (body is not null)
        {
            request.Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, type);
        }

        request.Headers.TryAddWithoutValidation("Cookie", cookie);
        request.Headers.TryAddWithoutValidation(header.Name, header.Value);
        var answer = await http.SendAsync(request);
        return new ApiAnswer(answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer);
    }

    // As a browser does: the page with its form, and the form with its field and cookie.
    private async Task<string> SignInAsync(string person)
    {
        using var http = Plain();
        using var page = await http.GetAsync("/sign-in");
        var html = await page.Content.ReadAsStringAsync();
        var field = System.Text.RegularExpressions.Regex.Match(html, "name=\"__RequestVerificationToken\" value=\"([^\"]+)\"", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(5)).Groups[1].Value;
        using var form = new HttpRequestMessage(HttpMethod.Post, "/sign-in") { Content = new FormUrlEncodedContent([new("staffId", person), new("__RequestVerificationToken", field)]) };
        form.Headers.TryAddWithoutValidation("Cookie", Cookies(page));
        using var answer = await http.SendAsync(form);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return Cookies(answer);
    }

    private static string Cookies(HttpResponseMessage answer) => string.Join("; ", answer.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0]));

    private HttpClient Plain() => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = fixture.Service.BaseAddress, Timeout = TimeSpan.FromSeconds(60) };

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=');

    private static string Flip(string token) => string.Concat(token.Select(c => char.IsUpper(c) ? char.ToLowerInvariant(c) : char.ToUpperInvariant(c)));
}
