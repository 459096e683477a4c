import Simulation

/// The faces of a result.
package enum Report {
}
