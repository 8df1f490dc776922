namespace Coordination.SystemTests.Support;

/// <summary>The whole product with a mail server beside it.</summary>
public sealed class MailFixture : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new("mail");
    private readonly MailServer _mail = new();
    private RunningService? _service;
    private IReadOnlyDictionary<string, string>? _tokens;

    /// <summary>The mail server.</summary>
    internal MailServer Mail => _mail;

    public async ValueTask InitializeAsync()
    {
        var (trusted, password) = (Path.Combine(_folder.Path, "mail.pem"), Path.Combine(_folder.Path, "mail-password"));
        await File.WriteAllTextAsync(trusted, _mail.Pem);
        await File.WriteAllTextAsync(password, MailServer.Password + "\n");
        _service = await RunningService.StartAsync(new RunningServiceOptions
        {
            DataDirectory = Path.Combine(_folder.Path, "data"),
            Environment = new Dictionary<string, string>(ServiceFixture.Sweep(TimeSpan.Zero), StringComparer.Ordinal)
            {
                ["SSL_CERT_FILE"] = trusted,
                ["Mail__Host"] = "localhost",
                ["Mail__Port"] = _mail.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
                ["Mail__Security"] = "StartTls",

                // The certificate is its own issuer, and keeps no list of those withdrawn.
                ["Mail__CheckRevocation"] = "false",
                ["Mail__User"] = MailServer.User,
                ["Mail__PasswordFile"] = password,
                ["Mail__From"] = "WMFS Comms <comms@example.org>",
                ["Mail__PublicAddress"] = "https://coordination.example.org/sm/",
                ["Mail__PerSecond"] = "50",
                ["Mail__Timeout"] = "00:00:06",
                ["Mail__Retries__0"] = "00:00:00.2",
                ["Mail__Retries__1"] = "00:00:00.2",
                ["Mail__Retries__2"] = "00:00:00.2",
                ["Mail__Retries__3"] = "00:00:00.2",
            },
        });
        _tokens = await _service.TokensAsync();
    }

    /// <summary>A client that speaks for a role.</summary>
    public ApiClient As(string role) => new(_service!.BaseAddress, _tokens![role], asksAgain: true);

    public async ValueTask DisposeAsync()
    {
        if (_service is not null)
        {
            await _service.DisposeAsync();
        }

        await _mail.DisposeAsync();
        _folder.Dispose();
    }
}
