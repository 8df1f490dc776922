using System.Net.Http.Json;
using System.Text;
using Coordination.Pages.Tests.Feeds;
using Coordination.Testing;
using Microsoft.Playwright;

namespace Coordination.Browser.Tests;

/// <summary>The real product and a real Chromium, started once for all tests of the collection.</summary>
public sealed class Product : IAsyncLifetime
{
    /// <summary>Made-up people of the demo, by role.</summary>
    public const string Manager = "rowan-demo", Holder = "robin-demo", Auditor = "morgan-demo";

    /// <summary>The path of the feed that a test has its way with, and who speaks in it.</summary>
    internal const string Floods = "/floods.atom", FloodSender = "floods@feed.example";

    // The shell without a window first: it draws the same pages, and not its own buttons beside them, in about half the time.
    private static readonly string[] Chromiums = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
    internal static readonly string Chromium = Environment.GetEnvironmentVariable("CHROMIUM") ?? Chromiums.FirstOrDefault(File.Exists) ?? Chromiums[0];
    private readonly TemporaryFolder _folder = new("browser");
    private RunningService? _service;
    private IPlaywright? _playwright;
    private readonly List<IBrowserContext> _contexts = [];
    private readonly Dictionary<string, IReadOnlyList<Cookie>> _signedIn = new(StringComparer.Ordinal);
    private IBrowser? _browser;
    private string? _test;

    /// <summary>The running product.</summary>
    public RunningService Service => _service ?? throw new InvalidOperationException("The product was not started.");

    /// <summary>Its data folder.</summary>
    public string Data => _folder.Path;

    /// <summary>The server of the feeds that it pulls: they list nothing, and do well.</summary>
    internal FeedServer Feeds { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Chromium))
        {
            return;
        }

        Feeds = await FeedServer.StartAsync();
        foreach (var path in new[] { "/weather.atom", Floods })
        {
            Feeds.Serve(path, Encoding.UTF8.GetBytes("<feed xmlns=\"http://www.w3.org/2005/Atom\"><id>urn:feed</id><title>Alerts</title><updated>2026-11-27T10:00:00Z</updated></feed>"));
        }

        // Held accounts are looked through more often than every minute, so that no test waits for one; and it is always out of hours.
        _service = await RunningService.StartAsync(new RunningServiceOptions
        {
            DataDirectory = _folder.Path,
            Environment = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["Silo__OffSystemEvery"] = "00:00:02",
                ["SignIn__BreakGlass__Enabled"] = "true",
                ["Rota__OfficeFrom"] = "00:00",
                ["Rota__OfficeTo"] = "00:00",

                // A system that is to be told of holds, and is away.
                ["Notices__Webhooks__display__Name"] = "Control room display",
                ["Notices__Webhooks__display__Url"] = FormattableString.Invariant($"http://127.0.0.1:{FreePort.Next()}/"),
                ["Notices__Webhooks__display__Secrets__0"] = "whsec_" + Convert.ToBase64String(new byte[32]),

                // Two feeds that are read at the start, and then by hand.
                ["Incidents__Feeds__weather__Name"] = "Weather warnings",
                ["Incidents__Feeds__weather__Url"] = new Uri(Feeds.Address, "/weather.atom?key=s3cret").AbsoluteUri,
                ["Incidents__Feeds__weather__Senders__0"] = "weather@feed.example",
                ["Incidents__Feeds__weather__EverySeconds"] = "86400",
                ["Incidents__Feeds__floods__Name"] = "Flood warnings",
                ["Incidents__Feeds__floods__Url"] = new Uri(Feeds.Address, Floods).AbsoluteUri,
                ["Incidents__Feeds__floods__Senders__0"] = FloodSender,
                ["Incidents__Feeds__floods__EverySeconds"] = "86400",
            },
        });
        // What a page shows in a moment takes a busy machine longer.
        Assertions.SetDefaultExpectTimeout(15_000);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Chromium,
            // Chromium's own sandbox refuses root; nothing but this product is opened.
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        });
    }

    /// <summary>Signs somebody in, in a browser of their own, and opens a page. Who was signed in before goes on with the same sign-in.</summary>
    public async Task<IPage> OpenAsync(string path = "/", string staffId = Manager, bool phone = false)
    {
        if (_browser is null)
        {
            Assert.Skip($"Needs Chromium at {Chromium}, or where CHROMIUM says; install the package 'chromium-headless-shell' or 'chromium'.");
        }

        await CloseFormerAsync();
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = Service.BaseAddress.ToString(),
            ViewportSize = phone ? new ViewportSize { Width = 390, Height = 844 } : new ViewportSize { Width = 1440, Height = 900 },
            HasTouch = phone,
            IsMobile = phone,
            ColorScheme = ColorScheme.Light,

            // Colours do not fade while they are looked at.
            ReducedMotion = ReducedMotion.Reduce,
            Locale = "en-GB",
        });
        context.SetDefaultTimeout(30_000);
        await context.AddInitScriptAsync("document.addEventListener('securitypolicyviolation', e => (window.refusedByPolicy ??= []).push(`${e.effectiveDirective} ${e.blockedURI} ${e.sample}`))");
        _contexts.Add(context);
        var page = await context.NewPageAsync();
        if (_signedIn.TryGetValue(staffId, out var cookies))
        {
            await context.AddCookiesAsync(cookies);
            await page.GotoAsync(path);
            return page;
        }

        await page.GotoAsync("/sign-in?returnUrl=" + Uri.EscapeDataString(path));
        await page.Locator($"button[value={staffId}]").ClickAsync();

        // Not an event or a load state of the page: on a busy machine it can be over before anybody waits for it.
        await Assertions.Expect(page).ToHaveURLAsync(new Uri(Service.BaseAddress, path).AbsoluteUri, new() { Timeout = 30_000 });
        _signedIn.Add(staffId, [.. (await context.CookiesAsync()).Where(c => c.Name is "coordination").Select(Again)]);
        return page;
    }

    // What the browser says of a cookie and what it takes differ: it takes either an address or a domain with a path.
    private static Cookie Again(BrowserContextCookiesResult cookie) => new()
    {
        Name = cookie.Name, Value = cookie.Value, Domain = cookie.Domain, Path = cookie.Path, HttpOnly = cookie.HttpOnly, SameSite = cookie.SameSite,
    };

    /// <summary>Makes the sandbox network slow for the next post of one of its accounts.</summary>
    public async Task SlowDownAsync(string username, TimeSpan delay)
    {
        using var http = new HttpClient { BaseAddress = new Uri(await File.ReadAllTextAsync(Path.Combine(_folder.Path, "sandbox-address"))) };
        http.DefaultRequestHeaders.Authorization = new("Bearer", (await File.ReadAllTextAsync(Path.Combine(_folder.Path, "sandbox-key"))).Trim());
        using var answer = await http.PostAsJsonAsync("/sandbox/faults", new { mode = "slow", account = username, count = 1, delayMs = (int)delay.TotalMilliseconds });
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Makes the sandbox network refuse the next thing that one of its accounts wants to post or delete.</summary>
    public async Task RefuseNextAsync(string username)
    {
        using var http = new HttpClient { BaseAddress = new Uri(await File.ReadAllTextAsync(Path.Combine(_folder.Path, "sandbox-address"))) };
        http.DefaultRequestHeaders.Authorization = new("Bearer", (await File.ReadAllTextAsync(Path.Combine(_folder.Path, "sandbox-key"))).Trim());
        using var answer = await http.PostAsJsonAsync("/sandbox/faults", new { mode = "fail", account = username, count = 1, status = 403 });
        answer.EnsureSuccessStatusCode();
    }

    // A page left open goes on following the board: fifty of them would slow the machine down for those that are tested.
    private async Task CloseFormerAsync()
    {
        var test = TestContext.Current.Test?.UniqueID;
        if (string.Equals(test, _test, StringComparison.Ordinal))
        {
            return;
        }

        _test = test;
        foreach (var former in _contexts)
        {
            await former.CloseAsync();
        }

        _contexts.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        if (_service is not null)
        {
            await _service.DisposeAsync();
            await Feeds.DisposeAsync();
        }

        _folder.Dispose();
    }
}

[CollectionDefinition(Name)]
public sealed class ProductCollection : ICollectionFixture<Product>
{
    public const string Name = "product";
}
