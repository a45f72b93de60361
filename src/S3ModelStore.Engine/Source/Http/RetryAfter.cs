using System.Globalization;
using System.Net.Http.Headers;

namespace S3ModelStore.Engine.Source.Http;

/// <summary>The Retry-After header: how long a server asks to be left alone.</summary>
/// <remarks><see href="https://www.rfc-editor.org/rfc/rfc9110#name-retry-after"/></remarks>
internal static class RetryAfter
{
    /// <param name="value">Seconds or an HTTP date; <see langword="null"/> when the header is missing.</param>
    /// <param name="now">What a date is measured from.</param>
    /// <param name="longest">No server may stop a download for longer than this.</param>
    /// <returns>Between zero and <paramref name="longest"/>; <see langword="null"/> when nothing intelligible was asked.</returns>
    public static TimeSpan? Parse(string? value, DateTimeOffset now, TimeSpan longest)
    {
        var text = value.AsSpan().Trim();
        if (text.IsEmpty)
            return null;
        if (!text.ContainsAnyExceptInRange('0', '9'))
        {
            // Digits that are no number are too many digits.
            var known = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds);
            return known ? Clamp(TimeSpan.FromSeconds(seconds), longest) : longest;
        }

        return RetryConditionHeaderValue.TryParse(value, out var condition) && condition.Date is { } date
            ? Clamp(date - now, longest)
            : null;
    }

    private static TimeSpan Clamp(TimeSpan delay, TimeSpan longest)
        => delay < TimeSpan.Zero ? TimeSpan.Zero : delay < longest ? delay : longest;
}
