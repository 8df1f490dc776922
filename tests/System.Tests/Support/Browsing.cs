using System.Text.RegularExpressions;

namespace Coordination.SystemTests.Support;

/// <summary>Somebody who looks at pages with a sign-in's cookie, as a browser without scripts would.</summary>
public sealed partial class Browsing : IDisposable
{
    private readonly HttpClient _http;

    private Browsing(Uri address) => _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(60) };

    /// <summary>Opens one, signed in as a person of the demo, or as nobody.</summary>
    public static async Task<Browsing> AsAsync(Uri address, string? staffId)
    {
        var browsing = new Browsing(address);
        if (staffId is null)
        {
            return browsing;
        }

        var field = AntiforgeryField().Match(await browsing._http.GetStringAsync(new Uri("/sign-in", UriKind.Relative)));
        Assert.True(field.Success, "The sign-in page has no form.");
        using var form = new FormUrlEncodedContent([new("staffId", staffId), new("__RequestVerificationToken", field.Groups[1].Value)]);
        using var answer = await browsing._http.PostAsync(new Uri("/sign-in", UriKind.Relative), form);
        Assert.Equal((HttpStatusCode.Redirect, "/"), (answer.StatusCode, answer.Headers.Location?.OriginalString));
        return browsing;
    }

    /// <summary>Opens a page: its status, where it sends one, what stands on it.</summary>
    public async Task<(HttpStatusCode Status, string? Location, string Text)> OpenAsync(string path)
    {
        using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative));
        return (answer.StatusCode, answer.Headers.Location?.OriginalString, await answer.Content.ReadAsStringAsync());
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"", RegexOptions.None, 1_000)]
    private static partial Regex AntiforgeryField();
}
