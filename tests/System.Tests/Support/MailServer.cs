using System.Buffers;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MimeKit;
using SmtpServer;
using SmtpServer.Authentication;
using SmtpServer.ComponentModel;
using SmtpServer.Mail;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace Coordination.SystemTests.Support;

/// <summary>A message that the mail server was given, whether it took it or not.</summary>
internal sealed record Delivered(string To, MimeMessage Message, bool Taken);

/// <summary>A real mail server on a free port: STARTTLS with a certificate of its own, a user who must sign in, and addresses that it does not treat well.</summary>
internal sealed class MailServer : IAsyncDisposable
{
    public const string User = "coordination";
    public const string Password = "a long password";

    private readonly CancellationTokenSource _end = new();
    private readonly X509Certificate2 _certificate = Certify();
    private readonly ConcurrentQueue<Delivered> _messages = new();
    private readonly ConcurrentDictionary<string, int> _busy = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _asked = new(StringComparer.Ordinal);
    private readonly Task _running;

    public MailServer()
    {
        var services = new ServiceProvider();
        services.Add(new Filter(this));
        services.Add(new Store(this));
        services.Add(new DelegatingUserAuthenticator((user, password) => user == User && password == Password));
        var options = new SmtpServerOptionsBuilder().ServerName("localhost")
            .Endpoint(e => e.Port(Port).Certificate(_certificate).AuthenticationRequired().AllowUnsecureAuthentication(false))
            .Build();
        _running = new SmtpServer.SmtpServer(options, services).StartAsync(_end.Token);
    }

    public int Port { get; } = FreePort.Next();

    /// <summary>The certificate, for whom to trust.</summary>
    public string Pem => _certificate.ExportCertificatePem();

    /// <summary>Everything that it was given, in order.</summary>
    public IReadOnlyList<Delivered> Messages => [.. _messages];

    /// <summary>What it took for one address.</summary>
    public IReadOnlyList<MimeMessage> Of(string address) => [.. _messages.Where(m => m.Taken && m.To == address).Select(m => m.Message)];

    /// <summary>How often somebody asked to deliver to an address.</summary>
    public int Asked(string address) => _asked.GetValueOrDefault(address);

    /// <summary>Says 451 to so many deliveries to an address.</summary>
    public void BeBusy(string address, int times) => _busy[address] = times;

    /// <summary>Addresses that it refuses for good.</summary>
    public ConcurrentDictionary<string, bool> Unknown { get; } = new(StringComparer.Ordinal);

    /// <summary>Addresses of which it takes the message and never says so.</summary>
    public ConcurrentDictionary<string, bool> Silent { get; } = new(StringComparer.Ordinal);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        try
        {
            await _running;
        }
        catch (OperationCanceledException)
        {
            // It was told to end.
        }

        _certificate.Dispose();
        _end.Dispose();
    }

    private static X509Certificate2 Certify()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }

    private sealed class Filter(MailServer server) : MailboxFilter
    {
        public override Task<bool> CanDeliverToAsync(ISessionContext context, IMailbox to, IMailbox from, CancellationToken cancellationToken)
        {
            var address = to.AsAddress();
            server._asked.AddOrUpdate(address, 1, (_, n) => n + 1);
            if (server.Unknown.ContainsKey(address))
            {
                throw new SmtpResponseException(new SmtpResponse(SmtpReplyCode.MailboxUnavailable, $"<{address}> no such mailbox"));
            }

            if (server._busy.TryGetValue(address, out var times) && times > 0)
            {
                server._busy[address] = times - 1;
                throw new SmtpResponseException(new SmtpResponse(SmtpReplyCode.Aborted, "come back later"));
            }

            return Task.FromResult(true);
        }
    }

    private sealed class Store(MailServer server) : MessageStore
    {
        public override async Task<SmtpResponse> SaveAsync(ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer, CancellationToken cancellationToken)
        {
            using var stream = new MemoryStream(buffer.ToArray());
            var message = await MimeMessage.LoadAsync(stream, cancellationToken);
            foreach (var to in transaction.To.Select(t => t.AsAddress()))
            {
                server._messages.Enqueue(new Delivered(to, message, !server.Silent.ContainsKey(to)));
                if (server.Silent.ContainsKey(to))
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
                }
            }

            return SmtpResponse.Ok;
        }
    }
}
