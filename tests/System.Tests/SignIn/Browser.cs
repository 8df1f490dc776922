using System.Text.RegularExpressions;
using Coordination.SystemTests.Support;
using Microsoft.AspNetCore.SignalR.Client;

namespace Coordination.SystemTests.SignIn;

/// <summary>A browser without a screen: it keeps cookies, and sends forms as pages do.</summary>
internal sealed partial class Browser(Uri address, string agent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0") : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(60) };
    private readonly Dictionary<string, string> _cookies = new(StringComparer.Ordinal);

    /// <summary>The cookies, as a thief would copy them.</summary>
    public string Cookies => string.Join("; ", _cookies.Select(c => $"{c.Key}={c.Value}"));

    /// <summary>Signs in as a person of the demo.</summary>
    public async Task SignInAsync(string person)
    {
        var (status, to) = await FormAsync("/sign-in", ("staffId", person));
        Assert.Equal((HttpStatusCode.Redirect, "/"), (status, to));
    }

    /// <summary>Sends a form of the page at the same address, or of the sign-in page.</summary>
    public async Task<(HttpStatusCode Status, string To)> FormAsync(string path, params (string Name, string Value)[] fields)
    {
        // The field of any page's form is good for all of them.
        var page = await GetAsync("/sign-in/problem");
        page = FieldOf().IsMatch(page.Text) ? page : await GetAsync("/sign-in");
        var field = FieldOf().Match(page.Text).Groups[1].Value;
        using var form = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent([.. fields.Select(f => KeyValuePair.Create(f.Name, f.Value)), new("__RequestVerificationToken", field)]) };
        var answer = await SendAsync(form);
        return (answer.Status, answer.Message.Headers.Location?.OriginalString ?? "");
    }

    public Task<ApiAnswer> GetAsync(string path, string? cookies = null) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path), cookies);

    public Task<ApiAnswer> PostAsync(string path, object body) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(JsonSerializer.Serialize(body), System.Text.Encoding.UTF8, "application/json") });

    public Task<ApiAnswer> PutAsync(string path, object body) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Put, path) { Content = new StringContent(JsonSerializer.Serialize(body), System.Text.Encoding.UTF8, "application/json") });

    /// <summary>A connection to the hub by these cookies, and a task that ends with it.</summary>
    public async Task<(HubConnection Connection, Task Closed)> FollowAsync(string cookies)
    {
        var hub = new HubConnectionBuilder().WithUrl(new Uri(address, "/hubs/coordination"), options => options.Headers["Cookie"] = cookies).Build();
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        hub.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };
        await hub.StartAsync();
        await hub.InvokeAsync("Follow", (string[])["all"]);
        return (hub, closed.Task);
    }

    public void Dispose() => _http.Dispose();

    private async Task<ApiAnswer> SendAsync(HttpRequestMessage request, string? cookies = null)
    {
        request.Headers.TryAddWithoutValidation("Cookie", cookies ?? Cookies);
        request.Headers.TryAddWithoutValidation("User-Agent", agent);
        using (request)
        {
            var answer = await _http.SendAsync(request);
            foreach (var set in cookies is null && answer.Headers.TryGetValues("Set-Cookie", out var some) ? some : [])
            {
                var pair = set.Split(';')[0].Split('=', 2);
                if (pair[1].Length == 0)
                {
                    _cookies.Remove(pair[0]);
                }
                else
                {
                    _cookies[pair[0]] = pair[1];
                }
            }

            return new ApiAnswer(answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer);
        }
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"", RegexOptions.None, 5000)]
    private static partial Regex FieldOf();
}
