namespace Coordination.Dashboard.SignIn;

/// <summary>Addresses inside this service: after signing in nobody is led to another site.</summary>
public static class LocalAddress
{
    private const int Longest = 2000;

    /// <summary>The address when it lies in this service; else null.</summary>
    /// <remarks>"//host" and "/\host" are other sites to a browser, which also drops control characters.</remarks>
    public static string? OrNull(string? url) =>
        url is ['/', ..] && url.Length <= Longest && (url.Length == 1 || url[1] is not ('/' or '\\')) && !url.Any(char.IsControl) ? url : null;

    /// <summary>Whether a text is a plain path in this service.</summary>
    public static bool IsPath(string? text) => OrNull(text) is { } path && path.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '-' or '_' or '.');
}
