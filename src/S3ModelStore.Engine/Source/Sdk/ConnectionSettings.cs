using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Resources;

namespace S3ModelStore.Engine.Source.Sdk;

/// <summary>Options, environment and profile boiled down: where to connect. A parameter wins over the environment, the environment over the profile.</summary>
internal sealed record ConnectionSettings
{
    /// <summary>A store that is not AWS, or a private address of it; <see langword="null"/> for AWS by region.</summary>
    public required string? Endpoint { get; init; }

    public required string Region { get; init; }

    public required bool PathStyle { get; init; }

    public required CredentialProfile? Profile { get; init; }

    /// <summary>Whether the profile was asked for by name, here or in the environment.</summary>
    public required bool ProfileIsNamed { get; init; }

    /// <exception cref="ModelStoreException"><see cref="ModelStoreErrorCode.CredentialsNotFound"/> when a named profile does not exist;
    /// <see cref="ModelStoreErrorCode.InvalidOption"/> when the environment holds no usable endpoint.</exception>
    public static ConnectionSettings Resolve(S3ModelStoreOptions options)
    {
        var profileName = options.ProfileName ?? Variable("AWS_PROFILE");
        var profile = FindProfile(profileName ?? "default");
        if (profile is null && options.ProfileName is not null)
            throw MissingProfile(options.ProfileName);

        var endpoint = options.EndpointUrl ?? Variable("AWS_ENDPOINT_URL_S3") ?? Variable("AWS_ENDPOINT_URL") ?? profile?.EndpointUrl;
        if (options.EndpointUrl is null && endpoint is not null)
            (options with { EndpointUrl = endpoint }).Validate();
        return new ConnectionSettings
        {
            Endpoint = endpoint?.TrimEnd('/'),
            Region = options.Region ?? Variable("AWS_REGION") ?? Variable("AWS_DEFAULT_REGION") ?? profile?.Region?.SystemName ?? S3ModelStoreOptions.DefaultRegion,
            PathStyle = options.AddressingStyle == AddressingStyle.Path || (options.AddressingStyle == AddressingStyle.Auto && endpoint is not null),
            Profile = profile,
            ProfileIsNamed = profileName is not null,
        };
    }

    public static string? Variable(string name)
        => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    public static ModelStoreException MissingProfile(string name)
        => new(
            ModelStoreErrorCode.CredentialsNotFound,
            Messages.ProfileNotFound(name),
            Messages.ProfileNotFoundRemedy,
            name);

    public static IReadOnlyList<string> ProfileNames()
    {
        try
        {
            return [.. Profiles().ListProfiles().Select(profile => profile.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is AmazonClientException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    public static IReadOnlyList<(string Name, string Title)> Regions()
        => [.. RegionEndpoint.EnumerableAllRegions.Select(region => (region.SystemName, region.DisplayName)).OrderBy(region => region.SystemName, StringComparer.Ordinal)];

    private static CredentialProfile? FindProfile(string name) => Profiles().TryGetProfile(name, out var profile) ? profile : null;

    // The SDK looks at this variable once per process, and a session may set it later. It does the same with AWS_CONFIG_FILE, for
    // which there is no such way: what must change within a session belongs into the credentials file.
    private static CredentialProfileStoreChain Profiles() => new(Variable("AWS_SHARED_CREDENTIALS_FILE"));
}
