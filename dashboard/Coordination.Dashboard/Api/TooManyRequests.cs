using System.Globalization;

namespace Coordination.Dashboard.Api;

/// <summary>The answer that it was too much: 429 with the seconds to wait, in words and in <c>Retry-After</c>.</summary>
public static class TooManyRequests
{
    /// <summary>Writes it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="code">Its stable code.</param>
    /// <param name="what">What was too much, and that nothing was changed; a sentence.</param>
    /// <param name="wait">How long to wait; told in whole seconds, at least one.</param>
    public static Task WriteAsync(HttpContext context, string code, string what, TimeSpan wait)
    {
        var seconds = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        context.Response.Headers.RetryAfter = seconds;
        return Problems.Of(StatusCodes.Status429TooManyRequests, code, $"{what} Wait {seconds} second{(seconds is "1" ? "" : "s")}, then send it again.").ExecuteAsync(context);
    }
}
