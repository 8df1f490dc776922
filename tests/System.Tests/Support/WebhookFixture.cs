using System.Globalization;

namespace Coordination.SystemTests.Support;

/// <summary>The whole product with a mail server and a receiver of webhooks beside it.</summary>
public sealed class WebhookFixture : IAsyncLifetime
{
    /// <summary>The secrets of the webhook <c>control</c>: one is being replaced by the other.</summary>
    public static readonly IReadOnlyList<string> Secrets = [Secret(1), Secret(2)];

    private readonly TemporaryFolder _folder = new("webhook");
    private readonly MailServer _mail = new();
    private WebhookReceiver? _receiver;
    private RunningService? _service;
    private IReadOnlyDictionary<string, string>? _tokens;

    /// <summary>The receiver: each webhook has the path of its id.</summary>
    internal WebhookReceiver Receiver => _receiver!;

    /// <summary>The mail server.</summary>
    internal MailServer Mail => _mail;

    /// <summary>A port on which nobody listens.</summary>
    public int NobodysPort { get; } = FreePort.Next();

    /// <summary>What it printed.</summary>
    public string Output => _service!.Output;

    public async ValueTask InitializeAsync()
    {
        _receiver = await WebhookReceiver.StartAsync();
        var trusted = Path.Combine(_folder.Path, "mail.pem");
        await File.WriteAllTextAsync(trusted, _mail.Pem);
        var environment = new Dictionary<string, string>(ServiceFixture.Sweep(TimeSpan.Zero), StringComparer.Ordinal)
        {
            ["SSL_CERT_FILE"] = trusted,
            ["Mail__Host"] = "localhost",
            ["Mail__Port"] = _mail.Port.ToString(CultureInfo.InvariantCulture),
            ["Mail__Security"] = "StartTls",
            ["Mail__CheckRevocation"] = "false",
            ["Mail__User"] = MailServer.User,
            ["Mail__Password"] = MailServer.Password,
            ["Mail__From"] = "WMFS Comms <comms@example.org>",
            ["Mail__PublicAddress"] = "https://coordination.example.org/sm/",
            ["Mail__PerSecond"] = "50",
        };
        foreach (var id in (string[])["control", "log", "leaver", "mute"])
        {
            Set(environment, id, Receiver.At("/" + id), Secrets);
        }

        Set(environment, "away", new Uri($"http://127.0.0.1:{NobodysPort}/away"), Secrets);
        environment["Notices__Webhooks__control__Name"] = "Control room display";
        _service = await RunningService.StartAsync(new RunningServiceOptions { DataDirectory = Path.Combine(_folder.Path, "data"), Environment = environment });
        _tokens = await _service.TokensAsync();
    }

    /// <summary>Settings of one webhook: tried again after 0.2 seconds, four times; one attempt takes a second at most.</summary>
    public static void Set(Dictionary<string, string> environment, string id, Uri url, IReadOnlyList<string> secrets)
    {
        var key = $"Notices__Webhooks__{id}__";
        environment[key + "Url"] = url.AbsoluteUri;
        environment[key + "Timeout"] = "00:00:01";
        for (var n = 0; n < secrets.Count; n++)
        {
            environment[$"{key}Secrets__{n}"] = secrets[n];
        }

        for (var n = 0; n < 4; n++)
        {
            environment[$"{key}Retries__{n}"] = "00:00:00.2";
        }
    }

    /// <summary>A secret of its own.</summary>
    public static string Secret(byte n) => "whsec_" + Convert.ToBase64String([.. Enumerable.Repeat(n, 32)]);

    /// <summary>A client that speaks for a role.</summary>
    public ApiClient As(string role) => new(_service!.BaseAddress, _tokens![role], asksAgain: true);

    public async ValueTask DisposeAsync()
    {
        if (_service is not null)
        {
            await _service.DisposeAsync();
        }

        if (_receiver is not null)
        {
            await _receiver.DisposeAsync();
        }

        await _mail.DisposeAsync();
        _folder.Dispose();
    }
}
