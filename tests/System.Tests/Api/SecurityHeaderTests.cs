using Coordination.SystemTests.Support;

namespace Coordination.SystemTests.Api;

/// <summary>What every answer tells a browser not to do, whatever it answers.</summary>
public sealed class SecurityHeaderTests(ServiceFixture fixture)
{
    [Theory]
    [InlineData("/sign-in", HttpStatusCode.OK)]
    [InlineData("/not-allowed", HttpStatusCode.OK)]
    [InlineData("/css/base.css", HttpStatusCode.OK)]
    [InlineData("/_framework/blazor.web.js", HttpStatusCode.OK)]
    [InlineData("/api/accounts", HttpStatusCode.Unauthorized)]
    [InlineData("/api/nowhere", HttpStatusCode.Unauthorized)]
    [InlineData("/health/live", HttpStatusCode.OK)]
    [InlineData("/hubs/coordination", HttpStatusCode.Unauthorized)]
    public async Task Answer_SaysWhatABrowserMayNotDo(string path, HttpStatusCode status)
    {
        using var nobody = fixture.As(null);
        var answer = (await nobody.GetAsync(path)).Expect(status);
        var policy = Header(answer, "Content-Security-Policy").Split(';', StringSplitOptions.TrimEntries);
        Assert.Contains("default-src 'none'", policy);
        Assert.Contains("frame-ancestors 'none'", policy);
        Assert.Contains(policy, p => p is "base-uri 'self'" or "base-uri 'none'");
        Assert.DoesNotContain(policy, p => p.Contains("unsafe-eval", StringComparison.Ordinal) || (p.Contains("unsafe-inline", StringComparison.Ordinal) && !p.StartsWith("style-src-attr", StringComparison.Ordinal)));
        Assert.Equal("nosniff", Header(answer, "X-Content-Type-Options"));
        Assert.Equal("DENY", Header(answer, "X-Frame-Options"));
        Assert.Equal("same-origin", Header(answer, "Referrer-Policy"));
        Assert.Contains("camera=()", Header(answer, "Permissions-Policy"), StringComparison.Ordinal);
        Assert.Equal("same-origin", Header(answer, "Cross-Origin-Opener-Policy"));
        Assert.Equal("same-origin", Header(answer, "Cross-Origin-Resource-Policy"));
        Assert.False(answer.Message.Headers.Contains("Server"));

        // The demo answers without TLS, on this machine: a browser that was told to use TLS alone would not come back.
        Assert.False(answer.Message.Headers.Contains("Strict-Transport-Security"));
    }

    private static string Header(ApiAnswer answer, string name) => Assert.Single(answer.Message.Headers.TryGetValues(name, out var values) ? values : []);
}
