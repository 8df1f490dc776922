using System.Diagnostics;
using Coordination.SystemTests.Support;

namespace Coordination.SystemTests.Api;

/// <summary>Signing in, and not starting without a way to.</summary>
public sealed class SignInTests(ServiceFixture fixture)
{
    [Fact]
    public async Task Service_DoesNotStart_WithoutAConfiguredSignIn()
    {
        using var service = new Process
        {
            StartInfo = new ProcessStartInfo(Path.Combine(Repository.Binaries("Coordination.Dashboard"), "Coordination.Dashboard"))
            {
                UseShellExecute = false,
                RedirectStandardError = true,
                RedirectStandardOutput = true,
                Environment =
                {
                    ["ASPNETCORE_ENVIRONMENT"] = "Production",
                    ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{FreePort.Next()}",
                    ["Storage__ConnectionString"] = "Host=127.0.0.1;Port=1;Username=nobody;Database=none",
                    ["Cluster__Mode"] = "Client",
                },
            },
        };
        service.Start();
        var output = service.StandardOutput.ReadToEndAsync();
        var error = await service.StandardError.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(60));
        await service.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        Assert.NotEqual(0, service.ExitCode);
        Assert.Contains("SignIn:Mode is not set", error + await output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_IsRefused_WithoutTheFormsOwnToken()
    {
        using var nobody = fixture.As(null);
        var answer = await nobody.PostTextAsync("/sign-in", "staffId=anybody", "application/x-www-form-urlencoded");
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
    }
}
