namespace Coordination.Domain.Platforms;

/// <summary>Whether a platform takes a text: a closed set.</summary>
public abstract record TextCheck
{
    private TextCheck(TextCount length) => Length = length;

    /// <summary>How long it is.</summary>
    public TextCount Length { get; }

    /// <summary>It fits.</summary>
    public sealed record Fits : TextCheck
    {
        internal Fits(TextCount length)
            : base(length)
        {
        }
    }

    /// <summary>It is longer than the platform takes.</summary>
    public sealed record TooLong : TextCheck
    {
        internal TooLong(TextCount length, string reason)
            : base(length) => Reason = reason;

        /// <summary>By how much, and how the platform counts.</summary>
        public string Reason { get; }
    }

    /// <summary>There is nothing to see in it.</summary>
    public sealed record Empty : TextCheck
    {
        internal Empty(TextCount length)
            : base(length)
        {
        }
    }

    /// <summary>It holds characters that cannot be sent.</summary>
    public sealed record Unsendable : TextCheck
    {
        internal Unsendable(TextCount length, string reason)
            : base(length) => Reason = reason;

        /// <summary>Which ones.</summary>
        public string Reason { get; }
    }
}
