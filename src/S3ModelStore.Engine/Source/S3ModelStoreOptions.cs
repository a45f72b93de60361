using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Resources;

namespace S3ModelStore.Engine.Source;

/// <summary>
/// How to reach a store and how hard to work it. What is <see langword="null"/> is taken from the environment, the shared
/// configuration files or the defaults. Its text never shows a secret.
/// </summary>
public sealed record S3ModelStoreOptions
{
    /// <summary>S3's own limits: parts are between 5 MiB and 5 GiB when uploaded; ranges may be smaller.</summary>
    public const long MinPartSize = 64 * 1024;

    /// <summary>Largest part, bytes.</summary>
    public const long MaxPartSize = 5L * 1024 * 1024 * 1024;

    /// <summary>Most requests at once.</summary>
    public const int ConcurrencyLimit = 1024;

    /// <summary>Region of a custom endpoint unless said otherwise.</summary>
    public const string DefaultRegion = "us-east-1";

    /// <summary><c>http(s)://host[:port][/base]</c>; <see langword="null"/>: <c>AWS_ENDPOINT_URL_S3</c>, <c>AWS_ENDPOINT_URL</c>, profile, AWS.</summary>
    public string? EndpointUrl { get; init; }

    /// <summary><see langword="null"/>: <c>AWS_REGION</c>, <c>AWS_DEFAULT_REGION</c>, profile, <c>us-east-1</c>.</summary>
    public string? Region { get; init; }

    /// <summary>Profile of the shared configuration files.</summary>
    public string? ProfileName { get; init; }

    public string? AccessKeyId { get; init; }

    public string? SecretAccessKey { get; init; }

    public string? SessionToken { get; init; }

    /// <summary>Sign nothing.</summary>
    public bool Anonymous { get; init; }

    public AddressingStyle AddressingStyle { get; init; }

    /// <summary>Accept any TLS certificate. For test servers.</summary>
    public bool SkipCertificateCheck { get; init; }

    /// <summary>Pay for the requests to a requester-pays bucket.</summary>
    public bool RequestPayer { get; init; }

    /// <summary>Most requests at once over the whole job; <see langword="null"/> for 128. How many of them run adapts to what they bring.</summary>
    public int? MaxConcurrency { get; init; }

    /// <summary>Bytes per ranged request; <see langword="null"/> chooses by the file's size.</summary>
    public long? PartSize { get; init; }

    /// <summary>Attempts without any progress before a file fails.</summary>
    public int MaxRetries { get; init; } = 8;

    /// <summary>
    /// How long a running job waits for a store that has answered before and is silent now, or stands behind a proxy that says so, whatever
    /// the retries: a router starts anew, a server is updated. Zero leaves it to the retries.
    /// </summary>
    public TimeSpan OutagePatience { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Upper bound of the first retry's delay; doubles with each further one.</summary>
    public TimeSpan BackoffBase { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Longest delay between retries.</summary>
    public TimeSpan BackoffCap { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>A connection that has not delivered a byte for this long is cut and the part continued elsewhere.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A body that brings fewer bytes per second than this over <see cref="SlowTimeout"/> is cut and the part continued elsewhere; 0 never cuts.</summary>
    public long SlowestRate { get; init; } = 1024;

    /// <summary>How long a body may be that slow.</summary>
    public TimeSpan SlowTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Longest wait for a connection.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <exception cref="ModelStoreException"><see cref="ModelStoreErrorCode.InvalidOption"/> naming the setting, the reason and the remedy.</exception>
    public S3ModelStoreOptions Validate()
    {
        if (EndpointUrl?.Contains('@', StringComparison.Ordinal) == true)
            throw Invalid(nameof(EndpointUrl), Messages.EndpointHasUser, Messages.EndpointHasUserRemedy);
        if (EndpointUrl is not null && !IsHttpUrl(EndpointUrl))
            throw Invalid(nameof(EndpointUrl), Messages.EndpointInvalid(Shown(EndpointUrl)), Messages.EndpointInvalidRemedy);
        if (Region is not null && !IsRegion(Region))
            throw Invalid(nameof(Region), Messages.RegionInvalid(Region), Messages.RegionInvalidRemedy);
        ValidateIdentity();
        if (MaxConcurrency is < 1 or > ConcurrencyLimit)
            throw Invalid(nameof(MaxConcurrency), Messages.OutOfRange(MaxConcurrency.Value), Messages.MaxConcurrencyRemedy(ConcurrencyLimit));
        if (PartSize is < MinPartSize or > MaxPartSize)
            throw Invalid(nameof(PartSize), Messages.PartSizeOutOfRange(PartSize.Value), Messages.PartSizeRemedy);
        if (MaxRetries is < 0 or > 1000)
            throw Invalid(nameof(MaxRetries), Messages.OutOfRange(MaxRetries), Messages.MaxRetriesRemedy);
        RequirePositive(nameof(BackoffBase), BackoffBase);
        RequirePositive(nameof(IdleTimeout), IdleTimeout);
        RequirePositive(nameof(SlowTimeout), SlowTimeout);
        if (SlowestRate < 0)
            throw Invalid(nameof(SlowestRate), Messages.SlowestRateNegative(SlowestRate), Messages.SlowestRateRemedy);
        RequirePositive(nameof(ConnectTimeout), ConnectTimeout);
        if (BackoffCap < BackoffBase)
            throw Invalid(nameof(BackoffCap), Messages.BackoffCapTooSmall(BackoffCap, nameof(BackoffBase), BackoffBase), Messages.BackoffCapRemedy);
        return this;
    }

    public override string ToString()
        => $"{nameof(S3ModelStoreOptions)} {{ EndpointUrl = {Shown(EndpointUrl)}, Region = {Region}, ProfileName = {ProfileName}, Anonymous = {Anonymous} }}";

    private static ModelStoreException Invalid(string option, string reason, string remedy)
        => new(ModelStoreErrorCode.InvalidOption, $"{option}: {reason}", remedy, option);

    // A password before @ or a signature behind ? is refused, and must not be repeated where it is.
    private static string? Shown(string? url)
    {
        if (url is null)
            return null;
        var at = url.LastIndexOf('@');
        var shown = at < 0 ? url : "***" + url[at..];
        var end = shown.AsSpan().IndexOfAny('?', '#');
        return end < 0 ? shown : shown[..end];
    }

    private static bool IsHttpUrl(string text)
        => Uri.TryCreate(text, UriKind.Absolute, out var url)
            && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
            && url.UserInfo.Length == 0 && url.Query.Length == 0 && url.Fragment.Length == 0;

    private static bool IsRegion(string text)
        => text.Length is > 0 and <= 64 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private static void RequirePositive(string option, TimeSpan value)
    {
        if (value <= TimeSpan.Zero)
            throw Invalid(option, Messages.NotPositiveTime(value), Messages.NotPositiveTimeRemedy);
    }

    private void ValidateIdentity()
    {
        if (string.IsNullOrEmpty(AccessKeyId) != string.IsNullOrEmpty(SecretAccessKey))
            throw Invalid("Credential", Messages.HalfACredential, Messages.HalfACredentialRemedy);
        if (SessionToken is not null && AccessKeyId is null)
            throw Invalid(nameof(SessionToken), Messages.TokenWithoutKey, Messages.TokenWithoutKeyRemedy);
        if (Anonymous && (AccessKeyId is not null || ProfileName is not null))
            throw Invalid(nameof(Anonymous), Messages.AnonymousWithCredentials, Messages.AnonymousWithCredentialsRemedy);
        if (ProfileName is not null && AccessKeyId is not null)
            throw Invalid(nameof(ProfileName), Messages.ProfileAndKeys, Messages.ProfileAndKeysRemedy);
    }
}
