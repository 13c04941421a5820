using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Doctor;

/// <summary>Examines the current tenant's saved connections step by step and says what is wrong and what to do. Writes nothing to any peer.</summary>
public interface IConnectionDoctor
{
    /// <summary>
    /// Runs every step, independent ones at the same time. First comes each step as <see cref="DoctorState.Waiting"/>, in the
    /// order to show them, then each change of a step. A step that fails skips only those that need it. The PBX sees at most
    /// one login attempt.
    /// </summary>
    /// <param name="cancellationToken">Ends the run at once.</param>
    /// <returns>The steps; or a single <see cref="AccessErrors.Denied"/> without <see cref="Permissions.Settings.Edit"/>.</returns>
    IAsyncEnumerable<Result<DoctorStep>> RunAsync(CancellationToken cancellationToken = default);
}
