using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Amazon.Runtime.Credentials;
using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Resources;

namespace S3ModelStore.Engine.Source.Sdk;

/// <summary>Whose keys are used, and a name for where they came from.</summary>
internal sealed record CredentialSource(AWSCredentials Credentials, string Name)
{
    /// <summary>
    /// Parameters, then the environment's keys, then a named profile, then whatever the SDK finds. May take seconds when it comes to
    /// instance metadata, and never asks it when keys or a profile were given.
    /// </summary>
    /// <exception cref="ModelStoreException"><see cref="ModelStoreErrorCode.CredentialsNotFound"/>.</exception>
    public static CredentialSource Find(S3ModelStoreOptions options, ConnectionSettings settings)
    {
        if (options.Anonymous)
            return new CredentialSource(new AnonymousAWSCredentials(), "Anonymous");
        if (options.AccessKeyId is not null)
            return new CredentialSource(Static(options.AccessKeyId, options.SecretAccessKey!, options.SessionToken), "Parameter");
        if (options.ProfileName is not null)
            return FromProfile(settings.Profile!);
        if (ConnectionSettings.Variable("AWS_ACCESS_KEY_ID") is { } id && ConnectionSettings.Variable("AWS_SECRET_ACCESS_KEY") is { } secret)
            return new CredentialSource(Static(id, secret, ConnectionSettings.Variable("AWS_SESSION_TOKEN")), "Environment");
        if (settings.ProfileIsNamed)
            return FromProfile(settings.Profile ?? throw ConnectionSettings.MissingProfile(ConnectionSettings.Variable("AWS_PROFILE")!));
        return FromChain();
    }

    private static AWSCredentials Static(string id, string secret, string? token)
        => string.IsNullOrEmpty(token) ? new BasicAWSCredentials(id, secret) : new SessionAWSCredentials(id, secret, token);

    private static CredentialSource FromProfile(CredentialProfile profile)
    {
        try
        {
            return new CredentialSource(profile.GetAWSCredentials(profile.CredentialProfileStore), $"Profile {profile.Name}");
        }
        catch (Exception e) when (e is AmazonClientException or InvalidOperationException or ArgumentException)
        {
            throw new ModelStoreException(
                ModelStoreErrorCode.CredentialsNotFound,
                Messages.ProfileWithoutCredentials(profile.Name, e.Message),
                Messages.ProfileWithoutCredentialsRemedy,
                profile.Name,
                e);
        }
    }

    private static CredentialSource FromChain()
    {
        try
        {
            var found = DefaultAWSCredentialsIdentityResolver.GetCredentials();
            return new CredentialSource(found, found.GetType().Name.Replace("AWSCredentials", string.Empty, StringComparison.Ordinal));
        }
        catch (AmazonClientException e)
        {
            throw new ModelStoreException(
                ModelStoreErrorCode.CredentialsNotFound,
                Messages.CredentialsNotFound,
                Messages.CredentialsNotFoundRemedy,
                "Credential",
                e);
        }
    }
}
