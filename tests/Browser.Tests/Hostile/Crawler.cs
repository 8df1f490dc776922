using System.Text.RegularExpressions;
using Coordination.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Coordination.Browser.Tests.Hostile;

/// <summary>
/// Follows every link that a person sees, one of each kind of page, and presses what can be pressed there, forms with nothing in them among it; looks whether
/// the page stands and nothing of what it shows has run.
/// </summary>
internal sealed partial class Crawler(IPage page, Uri home, int presses)
{
    private const int Patience = 30_000;

    // Pages with a name in their address that stand for themselves.
    private static readonly string[] Plain = ["/staff/sign-ins", "/sign-ins", "/break-glass", "/me/break-glass", "/not-allowed"];

    // What is drawn and can be pressed, by what it says; of those that differ by a number alone, one. What sends a form comes first. Signing out would end the crawl.
    private const string ButtonsOf = """
        () => [...document.querySelectorAll('main button')].filter(b => !b.disabled && b.offsetParent !== null && !b.closest('form[action="/sign-out"]'))
            .sort((a, b) => (b.form !== null && b.type === 'submit') - (a.form !== null && a.type === 'submit')).map(b => (b.getAttribute('aria-label') ?? b.innerText).trim())
        """;

    private const string Press = """
        name => {
            const found = [...document.querySelectorAll('main button')].find(b => !b.disabled && b.offsetParent !== null && (b.getAttribute('aria-label') ?? b.innerText).trim() === name);
            found?.click();
            return found !== undefined && !found.closest('form[method=post]') && !found.matches('[data-theme-toggle], [data-mute], [data-passkey]');
        }
        """;

    private const string LinksOf = "() => [...document.querySelectorAll('a[href]')].map(a => a.getAttribute('href'))";

    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly Queue<string> _open = new();
    private readonly List<string> _broken = [];
    private string _at = "";

    // Whether the server has said something since the last press: the page as it is now, or that it has ended.
    private volatile bool _answered;

    /// <summary>Where it has been.</summary>
    public List<string> Visited { get; } = [];

    /// <summary>What was wrong, each with its page.</summary>
    public IReadOnlyList<string> Broken => _broken;

    /// <summary>How many buttons it has pressed.</summary>
    public int Pressed { get; private set; }

    /// <summary>On how many pages a hostile text was seen, as text.</summary>
    public int Shown { get; private set; }

    /// <summary>Crawls from the pages that are given.</summary>
    public async Task RunAsync(IEnumerable<string> starts, int most)
    {
        page.Response += (_, answer) =>
        {
            if (answer.Status >= 500)
            {
                _broken.Add($"{_at}: {answer.Status} from {answer.Url}");
            }
        };
        page.WebSocket += (_, socket) => socket.FrameReceived += (_, _) => _answered = true;
        page.Console += (_, line) =>
        {
            // What fails while a button is answered ends the page, and says so here.
            if (string.Equals(line.Type, "error", StringComparison.Ordinal) && line.Text.Contains("circuit", StringComparison.OrdinalIgnoreCase))
            {
                _broken.Add($"{_at}: {line.Text}");
            }
        };
        page.PageError += (_, error) => _broken.Add($"{_at}: {error}");
        page.Dialog += (_, dialog) =>
        {
            _broken.Add($"{_at}: asked '{dialog.Message}'");
            _ = dialog.DismissAsync();
        };
        foreach (var start in starts)
        {
            Note(start);
        }

        while (_open.TryDequeue(out var next) && Visited.Count < most)
        {
            await VisitAsync(next);
            await PressAllAsync(next);
        }

        // The last page's answers have come when another one stands.
        await StandAsync("/");
        await LookAsync("/");
    }

    private async Task PressAllAsync(string path)
    {
        var pressed = new HashSet<string>(StringComparer.Ordinal);
        while (pressed.Count < presses)
        {
            if (!string.Equals(new Uri(page.Url).PathAndQuery, new Uri(home, path).PathAndQuery, StringComparison.Ordinal))
            {
                await StandAsync(path);
            }

            var next = (await page.EvaluateAsync<string[]>(ButtonsOf)).FirstOrDefault(name => !pressed.Contains(Digits().Replace(name, "#")));
            if (next is null)
            {
                break;
            }

            pressed.Add(Digits().Replace(next, "#"));
            _at = $"{path}, after “{next}”";
            _answered = false;
            Pressed++;
            if (await page.EvaluateAsync<bool>(Press, next))
            {
                await Eventually.Becomes(() => _answered, $"the server answers to {_at}");
            }

            await LookAsync(_at);
        }
    }

    private async Task StandAsync(string path)
    {
        await page.GotoAsync(path);

        // Live, or one of the few plain pages: then the page has what it shows.
        await Expect(page.Locator(".live.good").Or(page.Locator("main.plain")).First).ToBeAttachedAsync(new() { Timeout = Patience });
        await Expect(page.Locator("h1").First).ToBeVisibleAsync(new() { Timeout = Patience });
        await Expect(page.GetByText("Reading…", new() { Exact = true })).ToHaveCountAsync(0, new() { Timeout = Patience });
    }

    private async Task LookAsync(string at)
    {
        if (await page.EvaluateAsync<bool>("() => window.owned === 1"))
        {
            _broken.Add($"{at}: a text has run as a script");
        }

        foreach (var refused in await page.EvaluateAsync<string[]>("() => (window.refusedByPolicy ?? []).splice(0)"))
        {
            _broken.Add($"{at}: the policy refused {refused}");
        }

        if (await page.Locator("#blazor-error-ui").IsVisibleAsync() || await page.GetByText("This page met an error and stopped").First.IsVisibleAsync())
        {
            _broken.Add($"{at}: the page met an error");
        }
    }

    private async Task VisitAsync(string path)
    {
        _at = path;
        Visited.Add(path);
        await StandAsync(path);
        await LookAsync(path);
        var text = await page.Locator("body").InnerTextAsync();
        if (text.Contains("@if (", StringComparison.Ordinal) || text.Contains("@foreach (", StringComparison.Ordinal))
        {
            _broken.Add($"{path}: it shows its own code");
        }

        Shown += text.Contains(HostileTexts.Trace, StringComparison.Ordinal) ? 1 : 0;
        foreach (var link in await page.EvaluateAsync<string[]>(LinksOf))
        {
            if (link.TrimStart().StartsWith("javascript:", StringComparison.OrdinalIgnoreCase))
            {
                _broken.Add($"{path}: a link to {link}");
            }
            else if (Uri.TryCreate(new Uri(home, path), link, out var target) && string.Equals(target.Authority, home.Authority, StringComparison.Ordinal))
            {
                Note(target.PathAndQuery);
            }
        }
    }

    // Files are not pages; of pages that differ by a name alone, one stands for all.
    private void Note(string address)
    {
        if (address.StartsWith("/api/", StringComparison.Ordinal) || Files().IsMatch(address) || !_seen.Add(KindOf(address)))
        {
            return;
        }

        _open.Enqueue(address);
    }

    private static string KindOf(string address)
    {
        var split = address.Split('?', 2);
        var path = Plain.Contains(split[0], StringComparer.Ordinal) ? split[0] : Names().Replace(split[0], "/*");
        var keys = split.Skip(1).SelectMany(query => query.Split('&')).Select(pair => pair.Split('=')[0]).Order(StringComparer.Ordinal);
        return path + "?" + string.Join('&', keys);
    }

    [GeneratedRegex(@"\.(pdf|json|csv|zip|ics|css|js|svg|png)(\?|$)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Files();

    [GeneratedRegex("[0-9]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Digits();

    // What stands for one thing of many: an id, a number, a handle, a date.
    [GeneratedRegex("/[^/]*[0-9_%-][^/]*", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Names();
}
